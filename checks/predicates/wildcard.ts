/**
 * True if IAM's pattern (`*` any run of characters, `?` any one) matches the text. Pass lower-cased text for actions and ARNs' case-blind
 * parts. Takes at most the product of both lengths in steps: whoever writes a policy must not be able to hold up whoever judges it, as the
 * backtracking of a regular expression would. Lists of characters do for texts where `?` is to mean one of those that take two units of UTF-16, too.
 */
export function matchesWildcard(pattern: ArrayLike<string>, text: ArrayLike<string>): boolean {
  if (pattern === '*' || pattern === text) return true;
  let atPattern = 0;
  let atText = 0;
  let lastStar = -1;
  let afterStar = 0;
  while (atText < text.length) {
    const part = pattern[atPattern];
    if (part === '*') {
      lastStar = atPattern;
      atPattern += 1;
      afterStar = atText;
    } else if (part === '?' || part === text[atText]) {
      atPattern += 1;
      atText += 1;
    } else if (lastStar === -1) {
      return false;
    } else {
      // The last star takes one more character; what an earlier one could take, it can too.
      atPattern = lastStar + 1;
      afterStar += 1;
      atText = afterStar;
    }
  }
  while (pattern[atPattern] === '*') atPattern += 1;
  return atPattern === pattern.length;
}
