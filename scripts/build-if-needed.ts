/** Builds the app if it is not built, or older than its sources. */
import { buildIfNeeded } from './lib/build.ts';

buildIfNeeded();
