/** The policy files are generated from the settings' own checks, and are up to date. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { policyFiles, settingsSchema } from '../../scripts/policy-files.ts';
import { BUILT_IN, checkSetting, SETTING_KEYS, SETTINGS, type SettingKey } from '../../src/core/settings.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const files = await policyFiles();

test.each([...files.keys()])('%s is as `npm run policy-files` writes it', (file) => {
  expect(readFileSync(path.join(ROOT, file), 'utf8').replaceAll('\r\n', '\n')).toBe(files.get(file));
});

describe('the schema', () => {
  const isValid = new Ajv({ strict: false }).compile(settingsSchema());

  test('accepts the example and the built-in values', () => {
    const example = readFileSync(path.join(ROOT, 'build', 'policy', 'policy.example.json'), 'utf8');
    expect(isValid(JSON.parse(example)), JSON.stringify(isValid.errors)).toBe(true);
    expect(isValid(BUILT_IN), JSON.stringify(isValid.errors)).toBe(true);
    expect(isValid({})).toBe(true);
  });

  test('has a valid example', () => {
    const { $schema: _, ...example } = JSON.parse(
      readFileSync(path.join(ROOT, 'build', 'policy', 'policy.example.json'), 'utf8'),
    ) as Record<string, unknown>;
    for (const [key, value] of Object.entries(example)) {
      expect(checkSetting(key as SettingKey, value), key).toMatchObject({ ok: true });
    }
  });

  test.each(SETTING_KEYS)('%s says what it must not be', (key) => {
    expect(SETTINGS[key].invalidSamples).not.toEqual([]);
  });

  test.each(SETTING_KEYS.flatMap((key) => SETTINGS[key].invalidSamples.map((value) => [key, value] as const)))(
    '%s can’t be %j, as in the widget’s own check',
    (key, value) => {
      expect(isValid({ [key]: value })).toBe(false);
      expect(checkSetting(key, value)).toMatchObject({ ok: false });
    },
  );

  test('accepts no other keys', () => {
    expect(isValid({ agentId: '7' })).toBe(false);
  });

  test('describes every setting and its built-in value', () => {
    const { properties } = settingsSchema();
    for (const key of SETTING_KEYS) {
      expect(properties).toHaveProperty([key, 'description'], expect.stringMatching(/.{20}/));
      expect(properties).toHaveProperty([key, 'default']);
    }
  });
});

describe('Windows’ templates', () => {
  const all = (name: string, pattern: RegExp) =>
    Array.from(files.get(path.join('build', 'policy', name))?.matchAll(pattern) ?? [], ([, found]) => found).sort();

  test('have a policy for every setting', () => {
    expect(all('uccx-team-widget.admx', /<policy name="(\w+)"/g)).toEqual([...SETTING_KEYS].sort());
  });

  test('define everything they refer to, and no more', () => {
    const used = [...new Set(all('uccx-team-widget.admx', /\$\(string\.(\w+)\)/g))];
    expect(all('en-US/uccx-team-widget.adml', /<string id="(\w+)"/g)).toEqual(used);
    const shown = all('uccx-team-widget.admx', /\$\(presentation\.(\w+)\)/g);
    expect(all('en-US/uccx-team-widget.adml', /<presentation id="(\w+)"/g)).toEqual(shown);
  });
});
