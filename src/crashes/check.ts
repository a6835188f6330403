import { attempt } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import { MAX_PROPERTIES, MAX_PROPERTY_LENGTH } from '../wire/index.js';

/** Says once what of a handled error's properties App Center's limits cut off. */
export function createCheck(platform: Pick<Platform, 'say'>): (properties: object | undefined) => void {
  let said = false;
  return (properties) => {
    if (said || !properties) return;
    const pairs = attempt(() => Object.entries(properties));
    const isCut = pairs?.slice(0, MAX_PROPERTIES).some(([name, value]) => {
      const text = attempt(() => `${value}`) ?? '';
      return name.length > MAX_PROPERTY_LENGTH || text.length > MAX_PROPERTY_LENGTH;
    });
    const isMore = pairs && pairs.length > MAX_PROPERTIES;
    const isOther = pairs?.some(([, value]) => typeof value !== 'string');
    if (!isCut && !isMore && !isOther) return;
    said = true;
    platform.say(
      `properties are at most ${MAX_PROPERTIES} texts of ${MAX_PROPERTY_LENGTH} characters: more is cut, and what is no text becomes one`,
    );
  };
}
