/** The theme's search leaves numbers out of what is looked for: here they are words like others. */

type Parsed = [string, Set<string>, Set<string>, Set<string>, Set<string>];

interface Searching {
  /** The query, the words to find, those to leave out, those to highlight, those that are names. */
  _parseQuery(query: string): Parsed;
}

/** Sphinx's own, on its page of results alone; a plain script made it. */
declare const Search: Searching | undefined;

export function searchNumbers(): void {
  if (typeof Search !== "undefined") withNumbers(Search);
}

export function withNumbers(search: Searching): void {
  const parse = search._parseQuery;
  search._parseQuery = (query) => {
    const found = parse(query);
    for (const number of numbers(query)) {
      found[1].add(number);
      found[3].add(number);
    }
    return found;
  };
}

/** The words of a query that are numbers, as Sphinx takes words apart. */
export function numbers(query: string): string[] {
  return query.match(/(?<![\p{Letter}\p{Number}_-])\d+(?![\p{Letter}\p{Number}_])/gu) ?? [];
}
