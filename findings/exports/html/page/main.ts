import { only } from './dom.ts';
import { showFindings } from './findings.ts';
import { offerTheme } from './theme.ts';
import { readFindings, readPageData } from './unpacked.ts';

offerTheme();
Promise.all([readPageData(), readFindings()])
  .then(([data, findings]) => showFindings(data, findings))
  .catch((error: unknown) => {
    only('#said', HTMLElement).textContent += `. The rest cannot be shown in this browser: ${error}`;
  });
