import type { Io } from '../../cli/io.ts';
import { widthOfSink } from '../../cli/io.ts';
import { type Paint, type Palette, toPalette, wantsColor } from '../../cli/render/palette.ts';
import { labelled, paragraph } from '../../cli/render/paragraphs.ts';
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
    this.#line(`${this.#palette.title(`━━ ${title} ${'━'.repeat(Math.max(2, this.#width - title.length - 4))}`)}\n`);
  }

  say(text: string): void {
    this.#line(`${paragraph(text, this.#width)}\n`);
  }

  note(text: string): void {
    this.#line(`${paragraph(text, this.#width, 0, this.#palette.faint)}\n`);
  }

  good(text: string): void {
    this.#marked(this.#palette.good('✓'), text, this.#palette.good);
    this.gap();
  }

  /** What the demo does right now, so that nobody waits in silence. */
  progress(text: string): void {
    this.#marked(this.#palette.faint('·'), text, this.#palette.faint);
  }

  /** Something that somebody does to the account, and the AWS CLI lines that would do it. */
  change(text: string, lines: readonly string[]): void {
    this.#marked('•', text);
    for (const line of lines) this.#marked('  $', line, this.#palette.command, 4);
    this.gap();
  }

  command(line: string): void {
    this.#marked('$', line, this.#palette.command);
  }

  gap(): void {
    this.#line('');
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
    const pairs = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
    const heading = [paragraph(subject, this.#width - 2, 0, title), paragraph(pairs.join(' '), this.#width - 2, 0, faint)];
    const [first = '', ...rest] = [...heading.flatMap((part) => part.split('\n')), '', ...shown];
    this.#line(`${faint('┌')} ${first}`);
    for (const line of rest) this.#line(`${faint('│')} ${line}`.trimEnd());
    this.#line(`${faint('└')}\n`);
  }

  #marked(mark: string, text: string, paint?: Paint, at = 2): void {
    this.#line(labelled(mark, text, { width: this.#width, at }, paint));
  }

  #line(text: string): void {
    this.#io.stdout.write(`${text}\n`);
  }
}
