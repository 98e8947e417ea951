export interface PanelWindow {
  close(): void;
}
export interface PanelWindowOptions {
  /** Of the window. */
  title: string;
  /** The panel's element; it is given back by `onClose`, whoever closes the window. */
  content: HTMLElement;
  onClose(): void;
}

/**
 * Moves a panel into a window of its own, for a projector: an empty page with this page's styles and
 * theme. The panel goes on as it is: its record, its timers and its listeners are this page's.
 * @returns undefined if the browser opens no window
 */
export function openPanelWindow({
  title,
  content,
  onClose,
}: PanelWindowOptions): PanelWindow | undefined {
  const view = open('', '', 'popup,width=1280,height=720');
  if (!view) return undefined;
  const { document: own } = view;
  own.title = title;
  const html = document.documentElement;
  const copyTheme = () => {
    for (const { name, value } of html.attributes) own.documentElement.setAttribute(name, value);
  };
  copyTheme();
  for (const one of document.querySelectorAll('link[rel=stylesheet], style')) {
    const copy = own.importNode(one, true);
    if (one instanceof HTMLLinkElement) copy.setAttribute('href', one.href);
    own.head.append(copy);
  }
  // Nothing runs in it: there the element is no custom one.
  const place = own.createElement('mqtt-workbench');
  place.className = 'wb-window';
  const body = own.createElement('main');
  body.className = 'wb-panel-body';
  body.translate = false;
  body.append(content);
  place.append(body);
  own.body.append(place);

  const theme = new MutationObserver(copyTheme);
  theme.observe(html, { attributes: true });
  // A size is observed when this page draws its next frame.
  view.addEventListener('resize', () => requestAnimationFrame(() => {}));
  let isOpen = true;
  const end = () => {
    if (!isOpen) return;
    isOpen = false;
    theme.disconnect();
    removeEventListener('pagehide', close);
    onClose();
  };
  const close = () => {
    end();
    view.close();
  };
  view.addEventListener('pagehide', end);
  addEventListener('pagehide', close);
  return { close };
}
