import type { Io } from '../../cli/io.ts';
import { widthOfSink } from '../../cli/io.ts';
import { type Palette, toPalette, wantsColor } from '../../cli/render/palette.ts';
import { command, paragraph } from '../../cli/render/paragraphs.ts';
import type { Received } from './mailbox.ts';

/** Wider text is hard to read, however wide the terminal is. */
const WIDEST = 100;

/** Tells the story on standard output. */
export class Narrator {
  readonly #io: Io;
  readonly #palette: Palette;
  readonly #width: number;

  constructor(io: Io) {
    this.#io = io;
    this.#palette = toPalette(wantsColor(io.stdout, io.env, true));
    this.#width = Math.min(widthOfSink(io.stdout), WIDEST);
  }

  chapter(title: string): void {
    this.#line(`\n${this.#palette.title(`━━ ${title} ${'━'.repeat(Math.max(2, this.#width - title.length - 4))}`)}\n`);
  }

  say(text: string): void {
    this.#line(paragraph(text, this.#width));
  }

  /** What the demo does right now, so that nobody waits in silence. */
  progress(text: string): void {
    this.#line(paragraph(`· ${text}`, this.#width, 0, this.#palette.faint));
  }

  /** Something that somebody did to the account, as an AWS CLI line would do it. */
  change(text: string, line: string): void {
    this.#line(paragraph(`• ${text}`, this.#width));
    this.#line(`${command(line, this.#width, 4, this.#palette.command)}\n`);
  }

  command(line: string): void {
    this.#line(`${this.#palette.faint('$')} ${command(line, this.#width - 2, 0, this.#palette.command).replaceAll('\n', '\n  ')}`);
  }

  note(text: string): void {
    this.#line(paragraph(text, this.#width, 0, this.#palette.faint));
  }

  good(text: string): void {
    this.#line(paragraph(`✓ ${text}`, this.#width, 0, this.#palette.good));
  }

  /** Text as it is: what a command printed. */
  verbatim(text: string): void {
    this.#io.stdout.write(text);
  }

  /** A message in a frame; of a long one the beginning. */
  message({ subject, attributes, text }: Received, lines: number): void {
    const { title, faint } = this.#palette;
    const body = text.trimEnd().split('\n');
    const hidden = body.length - lines;
    const shown = hidden > 1 ? [...body.slice(0, lines), faint(`… and ${hidden} more lines`)] : body;
    const sorted = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
    const bar = faint('│');
    this.#line(`${faint('┌')} ${title(subject)}`);
    for (const line of paragraph(sorted.join(' '), this.#width, 0, faint).split('\n')) this.#line(`${bar} ${line}`);
    for (const line of ['', ...shown]) this.#line(`${bar} ${line}`.trimEnd());
    this.#line(`${faint('└')}\n`);
  }

  #line(text: string): void {
    this.#io.stdout.write(`${text}\n`);
  }
}
