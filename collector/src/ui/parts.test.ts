// The small pure parts: templates, times, charts, requests.
import { describe, expect, it } from 'vitest';
import { dayChart, plural, sparkline, toDays } from './chart.js';
import { bounded, view, visible } from './markup.js';
import { originOf, toReturnPath } from './request.js';
import { DAY, dayText, exactTime, offsetText, relativeTime, timeExact } from './time.js';

const NOW = Date.parse('2026-11-23T09:30:00Z');

describe('view', () => {
  it('escapes strings, also in lists, and takes markup as it is', () =>
    expect(String(view`<p title="${'"&\''}">${['<', view`<b>${'>'}</b>`, 7, false, undefined]}</p>`)).toBe(
      '<p title="&quot;&amp;&#39;">&lt;<b>&gt;</b>7</p>',
    ));

  it('shows what cannot be seen, and leaves what people write', () => {
    expect(visible('a\u202Eb\0c\u001b[0m\ud800\u{e0041}\u00ad')).toBe(
      'a⟨U+202E⟩b⟨U+0000⟩c⟨U+001B⟩[0m⟨U+D800⟩⟨U+E0041⟩⟨U+00AD⟩',
    );
    const written = 'Grüße, 日本語, مرحبا, \u{1F469}\u200d\u{1F4BB} ok\n\tline';
    expect(visible(written)).toBe(written);
    expect(visible('a\r\nb')).toBe('a\nb');
  });

  it('says how much it left out', () => {
    expect(bounded('abcdef', 4)).toBe('abcd… (2 more characters)');
    expect(bounded('abcd', 4)).toBe('abcd');
  });
});

describe('times', () => {
  it.each([
    [0, 'just now'],
    [-59_000, 'just now'],
    [-5 * 60_000, '5 min ago'],
    [-47 * 3600_000, '47 h ago'],
    [-3 * DAY, '3 d ago'],
    [2 * 3600_000, 'in 2 h'],
    [-31 * DAY, '23 Oct 2026'],
    [Number.NaN, 'unknown day'],
    [Number.POSITIVE_INFINITY, 'unknown day'],
  ])('%d ms from now is %s', (ms, text) => expect(relativeTime(NOW + ms, NOW)).toBe(text));

  it('are exact in UTC, and no time at all does no harm', () => {
    expect(exactTime(NOW)).toBe('2026-11-23 09:30:00 UTC');
    expect(dayText(NOW)).toBe('23 Nov 2026');
    expect(exactTime(Number.NaN)).toBe('unknown time');
    expect(String(timeExact(1e300))).toBe('<span>unknown time</span>');
    expect(exactTime(8.64e15)).toContain('+275760');
  });

  it.each([
    [0, 'UTC+00:00'],
    [120, 'UTC+02:00'],
    [-210, 'UTC−03:30'],
    [840, 'UTC+14:00'],
  ])('an offset of %d minutes is %s', (minutes, text) => expect(offsetText(minutes)).toBe(text));
});

describe('charts', () => {
  const today = Math.floor(NOW / DAY) * DAY;

  it('have every day, and no other', () => {
    const counts = [
      { day: today - 20 * DAY, reports: 9 },
      { day: today - 13 * DAY, reports: 1 },
      { day: today, reports: 4 },
      { day: today + DAY, reports: 9 },
    ];
    const days = toDays(counts, NOW, 14);
    expect(days).toHaveLength(14);
    expect(days[0]).toEqual({ day: today - 13 * DAY, reports: 1 });
    expect(days[13]).toEqual({ day: today, reports: 4 });
    expect(days.reduce((sum, { reports }) => sum + reports, 0)).toBe(5);
  });

  it('say in words what they show, and use no style attribute, which the CSP forbids', () => {
    const days = toDays([{ day: today, reports: 1234 }], NOW, 30);
    for (const chart of [String(sparkline(days)), String(dayChart(days))]) {
      expect(chart).toContain('aria-label="1,234 reports in the last 30 days, most on 23 Nov 2026: 1234"');
      expect(chart).not.toContain('style=');
    }
    expect(String(dayChart(toDays([], NOW, 30)))).toContain('No reports in the last 30 days');
    expect(plural(1, 'report')).toBe('1 report');
  });

  it('show one report among a million', () => {
    const days = toDays(
      [
        { day: today, reports: 1e6 },
        { day: today - DAY, reports: 1 },
      ],
      NOW,
      2,
    );
    expect(String(sparkline(days))).toMatch(/class="some"[^>]*height="6"/);
  });
});

describe('requests', () => {
  it('are of the origin the browser used', () => {
    const of = (url: string, isSecure?: boolean) => originOf({ req: { url }, env: { isSecure } });
    expect(of('http://a.example:8080/x?y')).toBe('http://a.example:8080');
    expect(of('http://a.example/', false)).toBe('http://a.example');
    expect(of('http://a.example/', true)).toBe('https://a.example');
    expect(of('https://a.example/')).toBe('https://a.example');
  });

  it.each(['/', '/apps/1/groups', '/apps/1/groups?page=2', '/a%20b', '/?next=//x'])(
    'may go back to %s',
    (path) => expect(toReturnPath(path)).toBe(path),
  );
});
