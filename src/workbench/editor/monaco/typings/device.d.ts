/** Things on the page that a program can light, move, show and read. In Node the same module prints. */
declare module 'device' {
  export interface Lamp {
    on(): void;
    off(): void;
    toggle(): void;
    /** On or off, or how bright: 0 is dark, 1 is full. */
    set(light: boolean | number): void;
    readonly isOn: boolean;
  }
  /** A lamp with this name under it. It is off at first. */
  export function lamp(name: string): Lamp;

  export interface Door {
    open(): void;
    close(): void;
    /** Open or closed. */
    set(open: boolean): void;
    readonly isOpen: boolean;
  }
  /** A door with this name under it. It is closed at first. */
  export function door(name: string): Door;

  export interface Bell {
    /** Once; the page counts. */
    ring(): void;
  }
  export function bell(name: string): Bell;

  export interface Button {
    /** Called each time that somebody presses it. The program goes on as long as it listens. */
    onPress(callback: () => void): void;
  }
  export function button(name: string): Button;

  export interface Gauge {
    set(value: number): void;
  }
  /** A dial. Without `min` and `max` it goes from 0 to 100. */
  export function gauge(
    name: string,
    options?: { min?: number; max?: number; unit?: string },
  ): Gauge;

  export interface Chart {
    /** The next point of the line. */
    add(value: number): void;
  }
  /** A line of the newest values. */
  export function chart(name: string, options?: { unit?: string }): Chart;

  export interface Display {
    /** Replaces what it showed before. */
    show(text: unknown): void;
  }
  /** A line of text. */
  export function display(name: string): Display;

  export interface Thermometer {
    /** The temperature now, in tenths. Somebody can change it on the page. */
    read(): number;
    /** Called each time that somebody changes it. The program goes on as long as it listens. */
    onChange(callback: (value: number) => void): void;
  }
  /** A sensor. It stands at `start` at first, 21 if nothing is given. */
  export function thermometer(
    name: string,
    options?: { start?: number; min?: number; max?: number; unit?: string },
  ): Thermometer;
}
