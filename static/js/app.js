// Starts the two libraries' own components and our drafts, on the page and on each part htmx puts in.
import { initAll } from '../vendor/govuk/govuk-frontend.min.js';
import { initAll as initMoj, FilterToggleButton } from '../vendor/moj/moj-frontend.min.js';
import { keepDrafts } from './draft.js';

function start(scope) {
  initAll({ scope });
  initMoj({ scope });
  // Not in MoJ's initAll: open where it stands beside the list (s117.css), shut on anything smaller.
  for (const filter of scope.querySelectorAll('[data-module="moj-filter"]:not([data-started])')) {
    filter.dataset.started = '';
    new FilterToggleButton(filter, { bigModeMediaQuery: '(min-width: 79em)', startHidden: false });
  }
  keepDrafts(scope);
}

start(document);
document.addEventListener('htmx:afterSettle', (event) => start(event.target));
