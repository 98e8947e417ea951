/** The shared room for a learner: their name in it, who may do what, and how their programs reach it. */
import {
  mostSharedBytes,
  sharedHost,
  sharedLimits,
  sharedTopics,
  type SharedAccess,
} from '../../../sandbox/protocol/shared-room.ts';
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../workbench/ui/view.ts';

export interface MemberShown {
  access: SharedAccess;
  /** Of this page: where the learner's own programs connect. */
  host: string;
  isAddressShown: boolean;
}

const url = `mqtt://${sharedHost}`;

/** The words of a sentence, with code in the place of `{…}`. */
function withCode(t: Words, key: string, values: Record<string, string | number>): unknown[] {
  const marked = Object.fromEntries(
    Object.keys(values).map((name) => [name, `\u0001${name}\u0001`]),
  );
  return t(key, marked)
    .split('\u0001')
    .map((part, n) => (n % 2 ? html`<code>${values[part]}</code>` : part));
}

const block = (text: string, label: string): TemplateResult =>
  html`<pre tabindex="0" aria-label=${label}><code>${text}</code></pre>`;

export function memberView(
  { access, host, isAddressShown }: MemberShown,
  show: () => void,
  t: Words,
): TemplateResult {
  const { isOpen, isPaused, handle } = access;
  if (!isOpen || handle === null)
    return html`<p class="card" role="status">${t('shared.you.closed')}</p>`;
  const own = sharedTopics.own(handle);
  const rule = (key: string, values: Record<string, string | number> = {}): TemplateResult =>
    html`<li>${withCode(t, `shared.rule.${key}`, values)}</li>`;
  return html`${isPaused ? html`<p class="card" role="status">${t('shared.you.paused')}</p>` : nothing}
    <p class="room-name">${t('shared.you.name')} <code>${handle}</code></p>
    <h2>${t('shared.rules')}</h2>
    <ul class="room-rules">
      ${rule('own', { own })} ${rule('all', { all: sharedTopics.common })}
      ${rule('read', { filter: 'class/#' })} ${rule('elsewhere')}
      ${rule('client', { name: `${handle}.` })}
      ${rule('share', { share: `$share/${handle}/…`, shareAll: '$share/all/…' })}
      <li>${t('shared.rule.limits', { ...sharedLimits, bytes: mostSharedBytes })}</li>
      ${rule('last')}
    </ul>
    <h2>${t('shared.exercise')}</h2>
    <p>${t('shared.exercise.text')}</p>
    ${block(`const client = mqtt.connect('${url}');\nclient.publish('${own}lamp', 'on');`, t('shared.exercise'))}
    <h2>${t('shared.terminal')}</h2>
    <p>${t('shared.terminal.text')}</p>
    ${block(`mosquitto_sub -h ${sharedHost} -t 'class/#' -v\nmosquitto_pub -h ${sharedHost} -t ${own}lamp -m on`, t('shared.terminal'))}
    <h2>${t('shared.outside')}</h2>
    ${outside({ access, host, isAddressShown }, own, show, t)}`;
}

function outside(
  { access, host, isAddressShown }: MemberShown,
  own: string,
  show: () => void,
  t: Words,
): TemplateResult {
  const { address, tcpPort, tlsPort } = access;
  if (tcpPort === null) return html`<p>${t('shared.outside.none')}</p>`;
  if (!isAddressShown)
    return html`<p>${t('shared.outside.text')}</p>
      <p class="actions">
        <button type="button" @click=${show}>${t('shared.outside.show')}</button>
      </p>`;
  const shell = `mosquitto_pub -h ${host} -p ${tcpPort} -u ${address} -t ${own}lamp -m on`;
  const python = `import paho.mqtt.publish as publish

publish.single('${own}lamp', 'on',
               hostname='${host}', port=${tcpPort},
               auth={'username': '${address}'})`;
  return html`<p>${t('shared.outside.text')}</p>
    <h3>${t('shared.outside.shell')}</h3>
    ${block(shell, t('shared.outside.shell'))}
    <h3>${t('shared.outside.python')}</h3>
    ${block(python, t('shared.outside.python'))}
    ${tlsPort === null ? nothing : html`<p class="soft small">${t('shared.outside.tls', { port: String(tlsPort) })}</p>`}`;
}
