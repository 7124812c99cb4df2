// Saves a form as it is typed: <form data-draft="URL"> posts its fields to URL a second after typing stops.
// The server answers {"saved_at": "14:02", "version": 3}, or 401 when nobody is signed in any more.
// Text not yet saved stays in this tab's storage, under the form's address, until the server has it.

const WAIT = 1000;
const AGAIN = 10000;

class Draft {
  constructor(form) {
    this.form = form;
    this.key = `draft:${location.pathname}#${form.id}`;
    this.status = form.querySelector('[data-draft-status]') || document.querySelector('[data-draft-status]');
    this.waiting = this.restore();
    form.addEventListener('input', () => this.changed());
    form.addEventListener('focusout', () => this.waiting && this.save());
    form.addEventListener('submit', () => this.leave());
    addEventListener('pagehide', () => this.waiting && this.save());
    if (this.waiting) this.save();
  }

  say(words) {
    if (this.status) this.status.textContent = words;
  }

  fields() {
    const skip = (name, value) => name === 'csrfmiddlewaretoken' || value instanceof File;
    return [...new FormData(this.form)].filter(([name, value]) => !skip(name, value));
  }

  // Another person's unsaved text is never shown: the key is dropped unless the same user comes back.
  restore() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) || 'null');
    if (!kept) return false;
    if (kept.user !== document.body.dataset.user) {
      sessionStorage.removeItem(this.key);
      return false;
    }
    const values = new Map();
    for (const [name, value] of kept.fields) values.set(name, [...(values.get(name) || []), value]);
    for (const control of this.form.elements) {
      const wanted = values.get(control.name);
      if (control.type === 'checkbox' || control.type === 'radio') control.checked = Boolean(wanted?.includes(control.value));
      else if (wanted && control.type !== 'hidden') control.value = wanted.shift();
    }
    this.say('We kept what you typed before you were signed out');
    return true;
  }

  changed() {
    this.waiting = true;
    const kept = { user: document.body.dataset.user, fields: this.fields() };
    sessionStorage.setItem(this.key, JSON.stringify(kept));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  async save() {
    clearTimeout(this.timer);
    this.waiting = false;
    try {
      const token = this.form.elements.csrfmiddlewaretoken?.value || '';
      const headers = { 'X-CSRFToken': token, Accept: 'application/json' };
      const body = new URLSearchParams(this.fields());
      const answer = await fetch(this.form.dataset.draft, { method: 'POST', headers, body, keepalive: true, redirect: 'manual' });
      if (answer.status === 401 || answer.status === 403 || answer.type === 'opaqueredirect') return this.signedOut();
      if (!answer.ok) throw new Error(String(answer.status));
      const saved = await answer.json();
      if (this.form.elements.version && saved.version) this.form.elements.version.value = saved.version;
      if (this.waiting) return;
      sessionStorage.removeItem(this.key);
      this.say(`Saved ${saved.saved_at}`);
    } catch {
      this.say('Not saved, trying again');
      this.waiting = true;
      this.timer = setTimeout(() => this.save(), AGAIN);
    }
  }

  signedOut() {
    this.waiting = false;
    const link = Object.assign(document.createElement('a'), { href: location.href, className: 'govuk-link', textContent: 'Sign in again' });
    this.status?.replaceChildren('You are signed out. Your text is kept in this tab. ', link);
  }

  leave() {
    clearTimeout(this.timer);
    this.waiting = false;
    sessionStorage.removeItem(this.key);
  }
}

export function keepDrafts(scope) {
  for (const form of scope.querySelectorAll('form[data-draft]:not([data-kept])')) {
    form.dataset.kept = '';
    new Draft(form);
  }
}
