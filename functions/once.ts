/** Opens what invocations share on first use. What could not be opened is tried again next time. */
export function once<Given extends readonly unknown[], Opened>(
  open: (...given: Given) => Promise<Opened>,
): (...given: Given) => Promise<Opened> {
  let opened: Promise<Opened> | undefined;
  return (...given) =>
    (opened ??= open(...given).catch((error: unknown) => {
      opened = undefined;
      throw error;
    }));
}
