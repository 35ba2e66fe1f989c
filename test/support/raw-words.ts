/**
 * Text that only a programmer can read and nobody should see: names of errors, C files and functions, and unfilled
 * placeholders.
 */
export const RAW_WORDS =
  /\bE[A-Z_]{4,}\b|[A-Z]{3,}_[A-Z_]+|\.c{1,2}\b|error:|routines|ssl3|asn1|0x|undefined|null|NaN|\[object|\{\{|\}\}/;
