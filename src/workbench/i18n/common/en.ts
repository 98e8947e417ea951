export { default as sentences } from '../../../i18n/en/hints.json';
export { default as strings } from '../../../i18n/en/workbench.json';
