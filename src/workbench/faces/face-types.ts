import type { FaceKind } from '../device/messages.ts';
import { bell } from './bell.ts';
import { button } from './button.ts';
import { chart } from './chart.ts';
import { display } from './display.ts';
import { door } from './door.ts';
import type { FaceType } from './face.ts';
import { gauge } from './gauge.ts';
import { lamp } from './lamp.ts';
import { thermometer } from './thermometer.ts';

export const faceTypes: Record<FaceKind, FaceType> = { lamp, door, bell, button, gauge, chart, display, thermometer }; // prettier-ignore
