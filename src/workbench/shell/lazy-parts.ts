import type { DeviceHost } from '../device/device.ts';
import type { CodeEditor } from '../run/code-editor.ts';
import { vendorUrls } from '../editor/vendor.ts';
import { themeNow } from '../ui/theme.ts';

/** The big parts, each fetched when it is first asked for: the editor, and the programs' frame. */
export function loadLazyParts(language: 'en' | 'zh-tw') {
  let host: Promise<DeviceHost> | undefined;

  function deviceHost(): Promise<DeviceHost> {
    host ??= openHost();
    return host;
  }
  async function openHost(): Promise<DeviceHost> {
    try {
      const { createDeviceHost } = await import('../device/device.ts');
      return createDeviceHost(vendorUrls());
    } catch (error) {
      // The next Run tries again.
      host = undefined;
      throw error;
    }
  }
  async function editor(
    container: HTMLElement,
    files: { name: string; text: string }[],
  ): Promise<CodeEditor> {
    const { createEditor } = await import('../editor/create-editor.ts');
    return createEditor(container, { language, theme: themeNow(), files, vendor: vendorUrls() });
  }
  return {
    deviceHost,
    editor,
    dispose: () => host?.then((each) => each.dispose()),
  };
}
