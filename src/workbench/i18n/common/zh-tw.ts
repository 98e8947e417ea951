export { default as sentences } from '../../../i18n/zh-tw/hints.json';
export { default as strings } from '../../../i18n/zh-tw/workbench.json';
