import type { DeviceHost } from './device/device.ts';
import type { CodeEditor } from './editor/editor.ts';
import { fetchVendor, type VendorUrls } from './editor/vendor.ts';
import { themeNow } from './theme.ts';

/** The big parts, each fetched when it is first asked for: the editor, and the programs' frame. */
export function loadServices(language: 'en' | 'zh-tw') {
  const base = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/vendor/`;
  let vendor: Promise<VendorUrls> | undefined;
  let host: Promise<DeviceHost> | undefined;

  /** Asked once; after a failure, once more. */
  function urls(): Promise<VendorUrls> {
    vendor ??= fetchVendor(base);
    vendor.catch(() => (vendor = undefined));
    return vendor;
  }
  function deviceHost(): Promise<DeviceHost> {
    host ??= openHost();
    return host;
  }
  async function openHost(): Promise<DeviceHost> {
    try {
      const [{ createDeviceHost }, vendor] = await Promise.all([
        import('./device/device.ts'),
        urls(),
      ]);
      return createDeviceHost(vendor);
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
    const [{ createEditor }, vendor] = await Promise.all([
      import('./editor/create-editor.ts'),
      urls(),
    ]);
    return createEditor(container, { language, theme: themeNow(), files, vendor });
  }
  return {
    deviceHost,
    editor,
    dispose: () => host?.then((each) => each.dispose()),
  };
}
