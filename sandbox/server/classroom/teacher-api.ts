/** `/api/class/…` for the teacher, who is known by a cookie. */
import type { IncomingMessage } from 'node:http';
import type { ClassBrokers } from '../../classroom/class-brokers.ts';
import type { Classroom } from '../../classroom/classroom.ts';
import { isSame } from '../../classroom/codes.ts';
import { saidOf } from '../../classroom/said.ts';
import type { SharedRooms } from '../../classroom/shared/shared-rooms.ts';
import type { TeacherSessions } from '../../classroom/teacher-sessions.ts';
import {
  readClassRequest,
  mostListBytes,
  readCreateRequest,
  readListRequest,
  readSignOutRequest,
  readTeacherRequest,
  type ClassesResponse,
  type ClassRequest,
  type ListResponse,
  type SayResponse,
} from '../../protocol/classroom.ts';
import { readSayRequest } from '../../protocol/class-topics.ts';
import { mostStarterBytes } from '../../protocol/starter.ts';
import { SandboxError } from '../../shared/errors.ts';
import { readMethods } from '../api.ts';
import { classInfo } from './answers.ts';
import type { Cookies } from './cookies.ts';
import { sendExport } from './export-file.ts';
import { bodyOf, route, type Asked, type Resource } from './resource.ts';
import type { Shows } from './shows.ts';

export interface TeacherApiOptions {
  classroom: Classroom;
  cookies: Cookies;
  /** Of the teacher's link. */
  teacherSecret: string;
  sessions: TeacherSessions;
  /** Where the course can be opened without the proxy that forwards the request; undefined if there is none. */
  directOf(request: IncomingMessage): ClassesResponse['direct'];
  brokers: ClassBrokers;
  shared: SharedRooms;
  shows: Pick<Shows, 'of'>;
  /** Whether the course has an exercise of this name. */
  knows(exercise: string): Promise<boolean>;
  /** Bytes of a request. */
  requestBytes: number;
}

export class TeacherApi {
  readonly #options: TeacherApiOptions;

  constructor(options: TeacherApiOptions) {
    this.#options = options;
  }

  #token(request: IncomingMessage): string {
    return this.#options.cookies.read(request, 'teacher');
  }

  isTeacher(request: IncomingMessage): boolean {
    return this.#options.sessions.isOpen(this.#token(request));
  }

  /** `ended` is called when the browser of the request is the teacher's no longer. */
  whenEnded(request: IncomingMessage, ended: () => void): { close(): void } {
    return this.#options.sessions.whenEnded(this.#token(request), ended);
  }

  get resources(): Resource[] {
    return [
      route('teacher', ['POST'], (asked) => this.#enter(asked)),
      route('teacher/out', ['POST'], (asked) => this.#signOut(asked)),
      route('classes', [...readMethods, 'POST'], (asked) => this.#classes(asked)),
      route('classes/:id', ['POST'], (asked) => this.#change(asked)),
      route('classes/:id/say', ['POST'], (asked) => this.#say(asked)),
      route('classes/:id/names', ['POST'], (asked) => this.#names(asked)),
      route('classes/:id/mistakes', readMethods, (asked) => this.#mistakes(asked)),
      route('classes/:id/export.csv', readMethods, (asked) => this.#export(asked, 'csv')),
      route('classes/:id/export.json', readMethods, (asked) => this.#export(asked, 'json')),
    ];
  }

  #body<T>(asked: Asked, parse: (text: string) => T | undefined): Promise<T> {
    return bodyOf(asked, parse, this.#options.requestBytes);
  }

  async #mistakes(asked: Asked): Promise<unknown> {
    this.#mustTeach(asked);
    const { classroom } = this.#options;
    const query = new URLSearchParams(asked.request.url!.split('?', 2)[1]);
    const { id } = classroom.class(asked.id).row;
    return { mistakes: await classroom.mistakes.of(id, query.get('exercise') ?? '') };
  }

  async #enter(asked: Asked): Promise<unknown> {
    const { secret } = await this.#body(asked, readTeacherRequest);
    // Wrong ones are not counted: nobody guesses 192 bits, and no learner may lock the teacher out.
    const { teacherSecret, sessions, cookies } = this.#options;
    if (!isSame(secret, teacherSecret)) throw new SandboxError('not-teacher');
    // A browser that opens the link again has one session, not two.
    await sessions.end(this.#token(asked.request)).catch(() => {});
    cookies.set(asked.request, asked.response, 'teacher', await sessions.begin());
    return this.#list(asked);
  }

  async #signOut(asked: Asked): Promise<unknown> {
    this.#mustTeach(asked);
    const { everywhere } = await this.#body(asked, readSignOutRequest);
    const { sessions, cookies } = this.#options;
    await (everywhere ? sessions.endAll() : sessions.end(this.#token(asked.request)));
    cookies.set(asked.request, asked.response, 'teacher', '');
    return {};
  }

  #mustTeach({ request }: Asked): void {
    if (!this.isTeacher(request)) throw new SandboxError('not-teacher');
  }

  #list({ request }: Asked): ClassesResponse {
    const { classroom, sessions, directOf } = this.#options;
    const direct = directOf(request);
    const classes = classroom.classes.map(classInfo);
    return { classes, browsers: sessions.count, ...(direct && { direct }) };
  }

  async #classes(asked: Asked): Promise<unknown> {
    this.#mustTeach(asked);
    if (asked.request.method !== 'POST') return this.#list(asked);
    const { language } = await this.#body(asked, readCreateRequest);
    const made = await this.#options.classroom.create(language);
    return { ...this.#list(asked), classes: [classInfo(made)] };
  }

  async #names(asked: Asked): Promise<ListResponse> {
    this.#mustTeach(asked);
    const { text } = await bodyOf(asked, readListRequest, mostListBytes);
    return this.#options.classroom.seats.add(asked.id, text);
  }

  async #say(asked: Asked): Promise<SayResponse> {
    this.#mustTeach(asked);
    const request = await bodyOf(asked, readSayRequest, mostStarterBytes * 2);
    const { classroom, brokers, knows } = this.#options;
    const { row, members } = classroom.class(asked.id);
    if ('to' in request && request.to !== undefined && !members.has(request.to))
      throw new SandboxError('no-member');
    // What was given for an exercise that the course no longer has can be taken back.
    const isGiven = request.type === 'starter' && request.given !== null;
    if (isGiven && !(await knows(request.exercise))) throw new SandboxError('unknown-exercise');
    const broker = await brokers.of(row.id);
    return { isKept: await broker.say(saidOf(request, classroom.now())) };
  }

  async #change(asked: Asked): Promise<unknown> {
    this.#mustTeach(asked);
    await this.#obey(asked.id, await this.#body(asked, readClassRequest));
    return {};
  }

  async #obey(id: string, request: ClassRequest): Promise<void> {
    const { classroom, knows, shared, shows } = this.#options;
    switch (request.type) {
      case 'lock':
        return classroom.lock(id, request.locked);
      case 'list-only':
        return classroom.listOnly(id, request.listOnly);
      case 'release':
        return classroom.seats.release(id, request.member);
      case 'merge':
        return classroom.seats.merge(id, request.member, request.from);
      case 'asks':
        return classroom.asks(id, request.asks);
      case 'answer':
        return classroom.waiting.answer(id, request.ids, request.isYes);
      case 'assign':
        for (const { exercise } of request.assignment?.exercises ?? [])
          if (!(await knows(exercise))) throw new SandboxError('unknown-exercise');
        return classroom.assign(id, request.assignment);
      case 'share':
        return shared.set(id, { isOpen: request.isOpen, isPaused: request.isPaused });
      case 'share-clear':
        return shared.clear(id);
      case 'share-renew':
        return shared.renew(id);
      case 'end-show':
        return shows.of(id)?.end();
      case 'new-code':
        return classroom.newCode(id);
      case 'rename':
        return classroom.members.rename(id, request.member, request.name);
      case 'remove':
        return classroom.members.remove(id, request.member);
      case 'remove-idle':
        return classroom.members.removeIdle(id, request.until);
      case 'delete':
        return classroom.drop(id);
    }
  }

  async #export(asked: Asked, kind: 'csv' | 'json'): Promise<void> {
    this.#mustTeach(asked);
    sendExport(asked.response, this.#options.classroom, { id: asked.id, kind });
  }
}
