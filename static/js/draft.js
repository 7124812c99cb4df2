// Saves a form as it is typed: <form data-draft="URL"> posts its fields to URL a second after typing stops.
// The server answers {"saved_at": "14:02", "version": 3}, 401 when nobody is signed in any more,
// or 409 {"problem": "a sentence"} when somebody else saved the form since.
// What the server does not have yet stays in this tab, under the form's address and for its writer alone.

const WAIT = 1000;
const AGAIN = 10000;
const writer = () => document.body.dataset.user;
const read = (key) => JSON.parse(sessionStorage.getItem(key) || 'null');
const write = (key, kept) => sessionStorage.setItem(key, JSON.stringify(kept));

class Draft {
  constructor(form) {
    this.form = form;
    this.key = `draft:${location.pathname}#${form.id}`;
    this.status = form.querySelector('[data-draft-status]') || document.querySelector('[data-draft-status]');
    form.addEventListener('input', () => this.changed());
    form.addEventListener('focusout', () => this.waiting && this.save());
    form.addEventListener('submit', (event) => this.send(event));
    addEventListener('pagehide', () => this.waiting && this.save());
    if (this.restore()) this.save('We kept what you typed. ');
  }

  say(...words) {
    this.status?.replaceChildren(...words);
  }

  fields() {
    const ours = ([name, value]) => name !== 'csrfmiddlewaretoken' && name !== 'version' && !(value instanceof File);
    return [...new FormData(this.form)].filter(ours);
  }

  keep(more = {}) {
    clearTimeout(this.timer);
    this.waiting = !more.sent;
    write(this.key, { user: writer(), fields: this.fields(), ...more });
  }

  restore() {
    const kept = read(this.key);
    if (!kept) return false;
    const values = {};
    for (const field of kept.fields) (values[field[0]] ??= []).push(field);
    for (const control of this.form.elements) {
      const typed = values[control.name];
      if (['checkbox', 'radio'].includes(control.type)) control.checked = Boolean(typed?.some(([, value]) => value === control.value));
      else if (typed?.length && !['hidden', 'file', 'submit'].includes(control.type)) control.value = typed.shift()[1];
    }
    return true;
  }

  changed() {
    this.keep();
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  // A click on a button leaves a field, which saves: what is sent then waits for the number that save gives.
  async send(event) {
    this.keep({ sent: true });
    if (!this.saving) return;
    event.preventDefault();
    await this.saving;
    this.form.requestSubmit(this.present(event.submitter));
  }

  // A button may be put in anew meanwhile, by htmx: then the one that does the same is pressed.
  present(button) {
    if (!button || button.isConnected) return button;
    const same = (other) => ['formaction', 'name', 'value'].every((part) => other.getAttribute(part) === button.getAttribute(part));
    return [...this.form.querySelectorAll('button')].find(same);
  }

  save(before = '') {
    clearTimeout(this.timer);
    this.waiting = false;
    const saving = (this.saving ? this.saving.then(() => this.post(before)) : this.post(before)).finally(() => {
      if (this.saving === saving) this.saving = null;
    });
    this.saving = saving;
  }

  async post(before) {
    const body = new URLSearchParams(this.fields());
    for (const name of ['csrfmiddlewaretoken', 'version']) if (this.form.elements[name]) body.append(name, this.form.elements[name].value);
    try {
      // A browser lets 64 kB outlive the page; more than that waits in the tab.
      const keepalive = String(body).length < 60000;
      const answer = await fetch(this.form.dataset.draft, { method: 'POST', headers: { Accept: 'application/json' }, body, keepalive, redirect: 'manual' });
      if ([401, 403].includes(answer.status) || answer.type === 'opaqueredirect') return this.signedOut();
      if (answer.status === 409) return this.say((await answer.json()).problem);
      if (!answer.ok) throw new Error(String(answer.status));
      const saved = await answer.json();
      if (this.form.elements.version && saved.version) this.form.elements.version.value = saved.version;
      if (!this.waiting && !read(this.key)?.sent) sessionStorage.removeItem(this.key);
      this.say(`${before}Saved ${saved.saved_at}`);
    } catch {
      this.say('Not saved, trying again');
      this.waiting = true;
      this.timer = setTimeout(() => this.save(before), AGAIN);
    }
  }

  signedOut() {
    const link = Object.assign(document.createElement('a'), { href: location.href, className: 'govuk-link', textContent: 'Sign in again' });
    this.say('You are signed out. Your text is kept in this tab. ', link);
  }
}

// A form that was sent is done with, unless its sending met the sign-in page; another person's text is dropped.
function tidy() {
  for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith('draft:'))) {
    const kept = read(key);
    if (!writer()) write(key, { ...kept, out: true });
    else if (kept.user !== writer() || (kept.sent && !kept.out)) sessionStorage.removeItem(key);
  }
}

export function keepDrafts(scope) {
  if (scope === document) tidy();
  for (const form of scope.querySelectorAll('form[data-draft]:not([data-kept])')) {
    form.dataset.kept = '';
    new Draft(form);
  }
}
