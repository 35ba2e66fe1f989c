/**
 * Generates what administrators set policies with from the settings' own checks and descriptions: the JSON schema of
 * settings and policy, Windows' policy templates (ADMX, ADML), and the table in docs/DEPLOYMENT.md. Run `npm run
 * policy-files` after a setting has changed; a test fails if that was forgotten.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { format, resolveConfig } from 'prettier';
import { REGISTRY_KEY } from '../src/core/settings/registry-policy.ts';
import type { RegistryKind } from '../src/core/settings/setting.ts';
import { SEALED } from '../src/core/settings/settings-file.ts';
import { BUILT_IN, SETTING_KEYS, SETTINGS, type SettingKey } from '../src/core/settings.ts';
import { ROOT } from './lib/root.ts';

const FOLDER = path.join('build', 'policy');
const DOCUMENT = path.join('docs', 'DEPLOYMENT.md');
const BEGIN = '<!-- settings: written by `npm run policy-files` -->';
const END = '<!-- end of settings -->';

interface ValueSchema {
  readonly description: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The content of each file, by its path in the project. */
export async function policyFiles(): Promise<ReadonlyMap<string, string>> {
  const document = readFileSync(path.join(ROOT, DOCUMENT), 'utf8');
  const [before, behind] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (before < 0 || behind < before) throw new Error(`${DOCUMENT} has no place for the settings`);
  const written = `${document.slice(0, before)}${BEGIN}\n\n${table()}\n\n${document.slice(behind)}`;
  const files: readonly (readonly [string, string])[] = [
    [path.join(FOLDER, 'settings.schema.json'), JSON.stringify(settingsSchema())],
    [DOCUMENT, written],
  ];
  const all = new Map<string, string>([
    [path.join(FOLDER, 'uccx-team-widget.admx'), admx()],
    [path.join(FOLDER, 'en-US', 'uccx-team-widget.adml'), adml()],
  ]);
  for (const [file, text] of files) {
    const filepath = path.join(ROOT, file);
    all.set(file, await format(text, { ...(await resolveConfig(filepath)), filepath }));
  }
  return all;
}

/** For the user's file and the policy alike: both have the same keys, all of them optional. */
export function settingsSchema() {
  const properties = Object.fromEntries(SETTING_KEYS.map((key) => [key, { ...schemaOf(key), default: BUILT_IN[key] }]));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'UCCX Team Widget: settings and policy',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      ...properties,
      [SEALED]: {
        type: 'string',
        description: 'The headers as the system’s store for secrets has sealed them. The widget writes it.',
      },
    },
    additionalProperties: false,
  };
}

/**
 * Only the widget checks what a schema can't express, such as an invalid address, or a limit on both status and reason.
 */
function schemaOf(key: SettingKey): ValueSchema {
  const { $schema: _, ...schema } = toJsonSchema(SETTINGS[key].check, { errorMode: 'ignore' });
  return { description: SETTINGS[key].description, ...(schema as Omit<ValueSchema, 'description'>) };
}

function table(): string {
  const rows = SETTING_KEYS.map((key) =>
    [
      `\`${key}\``,
      schemaOf(key).description,
      `\`${JSON.stringify(BUILT_IN[key])}\``,
      KINDS[SETTINGS[key].inRegistry],
    ].join(' | '),
  );
  return [
    '| setting | what it is | built in | in the registry |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

const KINDS: Readonly<Record<RegistryKind, string>> = {
  text: 'REG_SZ',
  list: 'REG_MULTI_SZ',
  number: 'REG_DWORD',
  switch: 'REG_DWORD, 1 or 0',
  json: 'JSON in REG_SZ or REG_MULTI_SZ',
};

const KEY = REGISTRY_KEY.replace('HKEY_LOCAL_MACHINE\\', '');

function admx(): string {
  const policies = SETTING_KEYS.map((key) => {
    const attributes = `name="${key}" class="Machine" displayName="$(string.${key})" explainText="$(string.${key}_help)" key="${KEY}"`;
    const rest = ['<parentCategory ref="widget" />', '<supportedOn ref="anyWindows" />'];
    if (SETTINGS[key].inRegistry === 'switch') {
      const values =
        '<enabledValue><decimal value="1" /></enabledValue><disabledValue><decimal value="0" /></disabledValue>';
      return element(`policy ${attributes} valueName="${key}"`, [...rest, values]);
    }
    return element(`policy ${attributes} presentation="$(presentation.${key})"`, [
      ...rest,
      `<elements>${valueElement(key)}</elements>`,
    ]);
  });
  return xml('policyDefinitions', 'revision="1.0" schemaVersion="1.0"', [
    '<policyNamespaces>',
    '  <target prefix="uccxTeamWidget" namespace="OpenMethods.Policies.UccxTeamWidget" />',
    '</policyNamespaces>',
    '<resources minRequiredRevision="1.0" />',
    // Our own definition: with Windows' own, its templates would have to be imported first where that is done one by
    // one.
    '<supportedOn>',
    '  <definitions><definition name="anyWindows" displayName="$(string.anyWindows)" /></definitions>',
    '</supportedOn>',
    '<categories>',
    '  <category name="openmethods" displayName="$(string.openmethods)" />',
    '  <category name="widget" displayName="$(string.widget)"><parentCategory ref="openmethods" /></category>',
    '</categories>',
    ...element('policies', policies.flat()),
  ]);
}

/** How the policy editor asks for the value, and how it stores it. */
function valueElement(key: SettingKey): string {
  const { enum: choices, minimum, maximum } = schemaOf(key);
  const attributes = `id="${key}" valueName="${key}"`;
  switch (SETTINGS[key].inRegistry) {
    case 'list':
    case 'json':
      return `<multiText ${attributes} required="true" />`;
    case 'number':
      return `<decimal ${attributes} required="true" minValue="${String(minimum)}" maxValue="${String(maximum)}" />`;
    case 'text':
    case 'switch':
      if (choices === undefined) return `<text ${attributes} required="true" />`;
      return [
        `<enum ${attributes} required="true">`,
        ...choices.map(
          (choice) => `<item displayName="$(string.${key}_${choice})"><value><string>${choice}</string></value></item>`,
        ),
        '</enum>',
      ].join('');
  }
}

function adml(): string {
  const text = (id: string, value: string): string => `<string id="${id}">${escaped(value)}</string>`;
  const strings = SETTING_KEYS.flatMap((key) => {
    const { description, enum: choices = [] } = schemaOf(key);
    return [
      text(key, key),
      text(`${key}_help`, help(key, description)),
      ...choices.map((choice) => text(`${key}_${choice}`, choice)),
    ];
  });
  const presentations = SETTING_KEYS.filter((key) => SETTINGS[key].inRegistry !== 'switch').map(
    (key) => `<presentation id="${key}">${presentation(key)}</presentation>`,
  );
  return xml('policyDefinitionResources', 'revision="1.0" schemaVersion="1.0"', [
    '<displayName>UCCX Team Widget</displayName>',
    '<description>Settings of UCCX Team Widget that its users can’t change.</description>',
    ...element('resources', [
      ...element('stringTable', [
        text('openmethods', 'OpenMethods'),
        text('widget', 'UCCX Team Widget'),
        text('anyWindows', 'Every Windows that the widget runs on'),
        ...strings,
      ]),
      ...element('presentationTable', presentations),
    ]),
  ]);
}

function help(key: SettingKey, description: string): string {
  const how: Readonly<Record<RegistryKind, string>> = {
    text: '',
    list: ' One to a line.',
    number: '',
    switch: '',
    json: ` As JSON, as in the policy’s file; built in: ${JSON.stringify(BUILT_IN[key])}`,
  };
  return `${description}${how[SETTINGS[key].inRegistry]}`;
}

function presentation(key: SettingKey): string {
  const { enum: choices } = schemaOf(key);
  switch (SETTINGS[key].inRegistry) {
    case 'list':
    case 'json':
      return `<text>${key}</text><multiTextBox refId="${key}" />`;
    case 'number':
      return `<decimalTextBox refId="${key}" defaultValue="${JSON.stringify(BUILT_IN[key])}">${key}</decimalTextBox>`;
    case 'text':
    case 'switch':
      return choices === undefined
        ? `<textBox refId="${key}"><label>${key}</label></textBox>`
        : `<dropdownList refId="${key}">${key}</dropdownList>`;
  }
}

function xml(name: string, attributes: string, content: readonly string[]): string {
  const space = 'xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"';
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(`${name} ${space} ${attributes}`, content).join('\n')}\n`;
}

function element(opening: string, content: readonly string[]): string[] {
  const [name = ''] = opening.split(' ');
  return [`<${opening}>`, ...content.map((line) => `  ${line}`), `</${name}>`];
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [file, text] of await policyFiles()) {
    const target = path.join(ROOT, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    console.log(file);
  }
}
