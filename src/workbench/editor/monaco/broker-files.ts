/** A broker's own files in the editor: their colours, and the options that mosquitto.conf has. */
import { languages } from 'monaco-editor/editor/editor.api.js';
import { options, type OptionSpec } from '../../../../sandbox/mosquitto/conf/options.ts';

/** Those with a grammar of their own, with the values that they take first. */
const statements: Record<string, string[]> = {
  listener: ['1883', '8883', '9001'],
  port: ['1883'],
  bind_address: ['localhost', '0.0.0.0'],
  protocol: ['mqtt', 'websockets'],
  max_connections: ['-1'],
  per_listener_settings: ['true', 'false'],
  log_dest: ['stderr', 'stdout', 'syslog', 'topic', 'none'],
  log_type: ['error', 'warning', 'notice', 'information', 'subscribe', 'unsubscribe', 'debug', 'none', 'all'],
  persistent_client_expiration: ['1h', '14d'],
  include_dir: ['/etc/mosquitto/conf.d'],
}; // prettier-ignore
/** The options that lessons use most, with their usual value. */
const usual: Record<string, string[]> = {
  password_file: ['/etc/mosquitto/passwd'],
  acl_file: ['/etc/mosquitto/acl'],
  cafile: ['/etc/mosquitto/ca_certificates/ca.crt'],
  certfile: ['/etc/mosquitto/certs/server.crt'],
  keyfile: ['/etc/mosquitto/certs/server.key'],
  max_qos: ['0', '1', '2'],
};

const own = [...options].filter(([, { in: scope }]) => scope !== 'bridge' && scope !== 'plugin');
const names = new Map<string, OptionSpec | undefined>([
  ...Object.keys(statements).map((name) => [name, undefined] as const),
  ...own,
]);

function valuesOf(name: string): string[] {
  const spec = names.get(name);
  return statements[name] ?? usual[name] ?? (spec?.takes === 'bool' ? ['true', 'false'] : []);
}

/** `mosquitto.conf`, `passwd` or `acl`; undefined for any other file. */
export function brokerLanguage(file: string): string | undefined {
  if (file.endsWith('.conf')) return 'mosquitto-conf';
  return file === 'acl' ? 'mosquitto-acl' : file === 'passwd' ? 'mosquitto-passwd' : undefined;
}

export function setUpBrokerFiles(): void {
  const comment: languages.IMonarchLanguageRule = [/^\s*#.*$/, 'comment'];
  define('mosquitto-conf', {
    names: [...names.keys()],
    bridge: [...options].filter(([, { in: scope }]) => scope === 'bridge').map(([name]) => name),
    tokenizer: {
      root: [
        comment,
        [/^\s*[a-z_]\w*/, { cases: { '@names': { token: 'keyword', next: '@value' }, '@bridge': { token: 'type', next: '@value' }, '@default': { token: '', next: '@value' } } }],
        [/./, ''],
      ],
      // A value ends with its line.
      value: [
        [/^/, { token: '', next: '@pop' }],
        [/\b(?:true|false)$/, { token: 'type', next: '@pop' }],
        [/-?\d+$/, { token: 'number', next: '@pop' }],
        [/\S+$/, { token: 'string', next: '@pop' }],
        [/-?\d+\b/, 'number'],
        [/\s+$/, { token: '', next: '@pop' }],
        [/\s+/, ''],
        [/[^\s]+/, 'string'],
      ],
    },
  }); // prettier-ignore
  define('mosquitto-acl', {
    tokenizer: {
      root: [
        comment,
        [/^\s*(?:user|topic|pattern)\b/, 'keyword'],
        [/\b(?:readwrite|read|write|deny)\b(?=\s)/, 'type'],
        [/[+#](?=\/|\s|$)|%[uc]/, 'number'],
        [/[^\s+#%]+/, 'string'],
      ],
    },
  });
  define('mosquitto-passwd', {
    tokenizer: { root: [comment, [/^[^:]+/, 'keyword'], [/:/, 'delimiter'], [/\$[67]\$\S*/, 'comment'], [/.+/, 'string']] },
  }); // prettier-ignore

  languages.registerCompletionItemProvider('mosquitto-conf', {
    triggerCharacters: [' '],
    provideCompletionItems(model, position) {
      const left = model.getLineContent(position.lineNumber).slice(0, position.column - 1);
      const value = /^\s*(\w+)\s+(\S*)$/.exec(left);
      const word = value?.[2] ?? /^\s*(\w*)$/.exec(left)?.[1];
      if (word === undefined || left.trimStart().startsWith('#')) return { suggestions: [] };
      const range = {
        startLineNumber: position.lineNumber,
        endLineNumber: position.lineNumber,
        startColumn: position.column - word.length,
        endColumn: position.column,
      };
      const labels = value ? valuesOf(value[1]!) : [...names.keys()];
      const { Property, Value } = languages.CompletionItemKind;
      return {
        suggestions: labels.map((label) => ({
          label,
          insertText: value ? label : `${label} `,
          kind: value ? Value : Property,
          detail: value ? '' : (names.get(label)?.takes ?? ''),
          range,
        })),
      };
    },
  });
}

function define(id: string, grammar: languages.IMonarchLanguage): void {
  languages.register({ id });
  // Made when the first such file is shown.
  languages.registerTokensProviderFactory(id, { create: () => grammar });
  languages.setLanguageConfiguration(id, { comments: { lineComment: '#' } });
}
