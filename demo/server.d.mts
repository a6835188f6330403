export interface DemoSettings {
  readonly appSecret: string;
  readonly logUrl: string;
}

export function serveDemo(options: {
  readonly port: number;
  readonly settings: DemoSettings;
}): Promise<{ readonly url: string; close(): Promise<void> }>;
