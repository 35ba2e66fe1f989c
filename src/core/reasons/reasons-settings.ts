/** The settings for the site's own reasons. */
import { setting, TrimmedText } from '../settings/setting.ts';

export const REASONS_SETTINGS = {
  reasonsFile: setting({
    description: 'Path of a CSV or JSON file with the site’s own reasons; empty for none.',
    check: TrimmedText,
    builtIn: '',
    holds: 'path',
    inRegistry: 'text',
    invalidSamples: [[]],
  }),
};
