import { object, required, type TypeOf } from './checks.js';
import { boolean, integer, string } from './scalars.js';

/** Characteristics of the device, as App Center's swagger has them, and two fields of ours. */
export const device = object({
  sdkName: required(string()),
  sdkVersion: required(string()),
  wrapperSdkVersion: string(),
  wrapperSdkName: string(),
  wrapperRuntimeVersion: string(),
  model: string(),
  oemName: string(),
  osName: required(string()),
  osVersion: required(string()),
  osBuild: string(),
  osApiLevel: integer(),
  locale: required(string()),
  /** Minutes from UTC, daylight saving included; east is positive, as App Center's SDKs send it. */
  timeZoneOffset: required(integer(-840, 840)),
  /** `WIDTHxHEIGHT` in physical pixels. */
  screenSize: string(),
  appVersion: required(string()),
  appBuild: required(string()),
  /** A bundle id; for a web app its origin. */
  appNamespace: string(),
  carrierName: string(),
  carrierCountry: string(),
  liveUpdateReleaseLabel: string(),
  liveUpdateDeploymentKey: string(),
  liveUpdatePackageHash: string(),
  jailbreak: boolean,
  /** Extension of crashpost: App Center's device has no browser. */
  browserName: string(),
  /** Extension of crashpost: as many parts as the browser tells. */
  browserVersion: string(),
});

export type Device = TypeOf<typeof device>;
