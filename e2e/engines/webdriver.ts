// As much of W3C WebDriver (https://www.w3.org/TR/webdriver2/) as the tests need, over plain fetch.
import { setTimeout as pause } from 'node:timers/promises';

export interface WebDriver {
  readonly version: string;
  /** A command of this session. Rejects with the driver's own words. */
  command(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown>;
}

async function ask(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, { ...init, headers: { 'content-type': 'application/json' } });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`WebDriver: ${error}: ${message}`);
}

/** Resolves when the driver at `url` takes commands; rejects after 10 s without an answer. */
async function isUp(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const up = await fetch(`${url}/status`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return;
    await pause(100);
  }
  throw new Error(`no WebDriver at ${url}`);
}

/** A session of the driver that listens, or soon will, at `url`. */
export async function openSession(url: string, capabilities: object): Promise<WebDriver> {
  await isUp(url);
  const body = JSON.stringify({ capabilities: { alwaysMatch: capabilities } });
  const session = (await ask(`${url}/session`, { method: 'POST', body })) as {
    sessionId: string;
    capabilities: { browserVersion: string };
  };
  return {
    version: session.capabilities.browserVersion,
    command: (method, path, given) =>
      ask(`${url}/session/${session.sessionId}${path}`, {
        method,
        ...(method === 'POST' && { body: JSON.stringify(given ?? {}) }),
      }),
  };
}
