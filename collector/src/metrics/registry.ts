// Counters, gauges and histograms in the text format of Prometheus
// (https://prometheus.io/docs/instrumenting/exposition_formats/).

export interface Counter {
  /** @param label the value of the counter's one label; absent where it has none. */
  add(by: number, label?: string): void;
}

export interface Histogram {
  observe(value: number): void;
}

export interface Registry {
  /** @param label the name of its one label, if it has one. */
  counter(name: string, help: string, label?: string): Counter;
  /** @param read asked at every scrape; nothing is shown when it rejects. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** @param bounds upper bounds of its buckets, ascending. */
  histogram(name: string, help: string, bounds: readonly number[]): Histogram;
  /** Everything there is, by now. */
  text(): Promise<string>;
}

type Lines = () => string[] | Promise<string[]>;

export function createRegistry(): Registry {
  const all: Lines[] = [];
  return {
    counter: (name, help, label) => {
      const [counter, lines] = createCounter(name, label);
      all.push(() => [...head(name, help, 'counter'), ...lines()]);
      return counter;
    },
    gauge(name, help, read) {
      all.push(async () => {
        const value = await Promise.resolve(read()).catch(() => undefined);
        return value === undefined ? [] : [...head(name, help, 'gauge'), `${name} ${value}`];
      });
    },
    histogram(name, help, bounds) {
      const [histogram, lines] = createHistogram(name, bounds);
      all.push(() => [...head(name, help, 'histogram'), ...lines()]);
      return histogram;
    },
    text: async () => `${(await Promise.all(all.map((lines) => lines()))).flat().join('\n')}\n`,
  };
}

function head(name: string, help: string, type: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function createCounter(name: string, label?: string): [Counter, () => string[]] {
  // One without a label is there from the start, so that a rate can be made of its first step.
  const values = new Map<string, number>(label === undefined ? [['', 0]] : []);
  const lineOf = ([value, count]: [string, number]) =>
    label === undefined ? `${name} ${count}` : `${name}{${label}="${escaped(value)}"} ${count}`;
  const add = (by: number, value = '') => void values.set(value, (values.get(value) ?? 0) + by);
  return [{ add }, () => [...values].map(lineOf)];
}

function createHistogram(name: string, bounds: readonly number[]): [Histogram, () => string[]] {
  const counts = bounds.map(() => 0);
  let [sum, count] = [0, 0];
  const observe = (value: number) => {
    sum += value;
    count++;
    bounds.forEach((bound, i) => {
      if (value <= bound) counts[i] = (counts[i] ?? 0) + 1;
    });
  };
  const lines = () => [
    ...bounds.map((bound, i) => `${name}_bucket{le="${bound}"} ${counts[i]}`),
    `${name}_bucket{le="+Inf"} ${count}`,
    `${name}_sum ${sum}`,
    `${name}_count ${count}`,
  ];
  return [{ observe }, lines];
}

function escaped(value: string): string {
  return value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n');
}
