// How many letters lie between two words (missing, added, changed, swapped), if they are few: Damerau and Levenshtein.

const LONG = 8; // letters from which two may be wrong
const SHORTEST = 4;

export function isNear(word, other) {
  const most = word.length < LONG ? 1 : 2;
  if (word.length < SHORTEST || word[0] !== other[0] || Math.abs(word.length - other.length) > most) return Infinity;
  let before, row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= word.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = word[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return Infinity;
    [before, row] = [row, next];
  }
  return row[other.length] <= most ? row[other.length] : Infinity;
}
