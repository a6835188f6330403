import type { IncomingMessage, ServerResponse } from 'node:http';

export function messagesIn(path: string, text: string): string[];
export function textOf(request: IncomingMessage): Promise<string>;
export function allowOrigin(request: IncomingMessage, response: ServerResponse): void;
