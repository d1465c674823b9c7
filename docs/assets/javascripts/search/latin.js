// Letters of further languages as people type them on any keyboard: "uşaq" and "usaq", "İşıq" and "isiq" are one word.

const MARKED = /[^\x00-\x7f\u10d0-\u10ff]/;
const OTHERS = { ı: "i", ə: "e" };

// A small-letter word without the marks on its letters; Georgian and plain Latin stay as they are.
export function folded(word) {
  if (!MARKED.test(word)) return word;
  return word.normalize("NFD").replace(/\p{M}/gu, "").replace(/[ıə]/g, (letter) => OTHERS[letter]);
}
