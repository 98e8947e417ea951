import type { DeviceHost, DeviceOptions } from '../device/device.ts';
import { vendorUrls } from '../editor/vendor.ts';
import type { CodeEditor, EditorFile } from '../run/code-editor.ts';
import { themeNow } from '../ui/theme.ts';

/** The large parts, each fetched when it is first needed: the editor, and the frame of the devices. */
export class LazyParts {
  readonly #language: 'en' | 'zh-tw';
  #host: Promise<DeviceHost> | undefined;

  constructor(language: 'en' | 'zh-tw') {
    this.#language = language;
  }

  async start(options: DeviceOptions) {
    return (await this.#deviceHost()).start(options);
  }
  async warm(): Promise<void> {
    await this.#deviceHost()
      .then((host) => host.warm())
      .catch(() => {});
  }
  async editor(container: HTMLElement, files: EditorFile[]): Promise<CodeEditor> {
    const { createEditor } = await import('../editor/create-editor.ts');
    const options = { language: this.#language, theme: themeNow(), files, vendor: vendorUrls() };
    return createEditor(container, options);
  }
  async dispose(): Promise<void> {
    (await this.#host)?.dispose();
  }

  #deviceHost(): Promise<DeviceHost> {
    this.#host ??= this.#openHost();
    return this.#host;
  }
  async #openHost(): Promise<DeviceHost> {
    try {
      const { createDeviceHost } = await import('../device/device.ts');
      return createDeviceHost(vendorUrls());
    } catch (error) {
      // The next Run tries again.
      this.#host = undefined;
      throw error;
    }
  }
}
