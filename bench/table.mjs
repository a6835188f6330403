// Samples to a table of Markdown: a row a measure, a column a subject, median and 95th percentile.

/** The value below which `share` of the samples lie (nearest rank). */
export function percentile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

const write = (number) =>
  Math.abs(number) < 10 ? number.toFixed(2) : Math.round(number).toLocaleString('en');

function cell(samples = []) {
  if (samples.length === 0) return '–';
  const median = write(percentile(samples, 0.5));
  return samples.length < 3 ? median : `${median} / ${write(percentile(samples, 0.95))}`;
}

/** `results`: subject → measure → samples. */
export function toTable(names, results) {
  const measures = [...new Set(names.flatMap((name) => Object.keys(results[name])))];
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const samples = (measure) => Math.max(...names.map((name) => results[name][measure]?.length ?? 0));
  return [
    line(['median / p95', ...names, 'samples']),
    line(['---', ...names.map(() => '---:'), '---:']),
    ...measures.map((measure) =>
      line([measure, ...names.map((name) => cell(results[name][measure])), samples(measure)]),
    ),
  ].join('\n');
}
