/**
 * Messages between the pages of a class and the server: requests to `/api/class/…`, their responses,
 * and the teacher's live stream (WebSocket `/class/<id>`). The receiver validates each one.
 */
import * as v from 'valibot';
import { assignment, openedAssignment } from './assignment.ts';
import { parseJson, read } from './parse-json.ts';
import { sharedState } from './shared-room.ts';
import { hintValues, work } from './work.ts';

const language = v.picklist(['en', 'zh-tw']);
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const id = text(64);
const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const parserOf =
  <const Schema extends v.GenericSchema>(schema: Schema) =>
  (json: string): v.InferOutput<Schema> | undefined =>
    parseJson(schema, json);

// ── Requests, as JSON text ──

export const readTeacherRequest = parserOf(v.object({ secret: text(200) }));
export const readSignOutRequest = parserOf(v.object({ everywhere: v.boolean() }));
/** With a name that is typed, or the id of one of the teacher's list. */
export const readJoinRequest = parserOf(
  v.union([
    v.object({ code: text(100), name: text(1_000) }),
    v.object({ code: text(100), pick: id }),
  ]),
);
/** `isLeaving`: the page no longer waits. */
export const readTicketRequest = parserOf(v.object({ ticket: text(100), isLeaving: v.boolean() }));
export const readNamesRequest = parserOf(v.object({ code: text(100) }));
export const readComeBackRequest = parserOf(v.object({ code: text(100), words: text(200) }));
export const readCreateRequest = parserOf(v.object({ language }));

const classRequest = v.variant('type', [
  v.object({ type: v.literal('lock'), locked: v.boolean() }),
  v.object({ type: v.literal('list-only'), listOnly: v.boolean() }),
  /** Whether who joins waits for the teacher's yes. */
  v.object({ type: v.literal('asks'), asks: v.boolean() }),
  /** The answer to those who wait: the ones that the teacher has seen. */
  v.object({
    type: v.literal('answer'),
    ids: v.pipe(v.array(id), v.maxLength(100)),
    isYes: v.boolean(),
  }),
  /** Null: nothing is assigned any more. */
  v.object({ type: v.literal('assign'), assignment: v.nullable(assignment) }),
  /** The shared room: whether it is open, and whether it takes messages. */
  v.object({ type: v.literal('share'), ...sharedState.entries }),
  /** It begins empty. */
  v.object({ type: v.literal('share-clear') }),
  /** The addresses of the members' own programs are new ones. */
  v.object({ type: v.literal('share-renew') }),
  /** What the teacher shows of their own run is over, whichever page shows it. */
  v.object({ type: v.literal('end-show') }),
  v.object({ type: v.literal('new-code') }),
  v.object({ type: v.literal('rename'), member: id, name: text(1_000) }),
  v.object({ type: v.literal('remove'), member: id }),
  /** The wrong learner has picked this name of the list. */
  v.object({ type: v.literal('release'), member: id }),
  /** Two members are one learner; `from` goes. */
  v.object({ type: v.literal('merge'), member: id, from: id }),
  /** All who have not begun and have joined by then: milliseconds since 1970. */
  v.object({ type: v.literal('remove-idle'), until: time }),
  /** The class with everything of it. */
  v.object({ type: v.literal('delete') }),
]);
export type ClassRequest = v.InferOutput<typeof classRequest>;
export const readClassRequest = parserOf(classRequest);

/** Names, one a line. */
export const readListRequest = parserOf(v.object({ text: text(200_000) }));
/** Bytes of such a request: names of Chinese letters have three each. */
export const mostListBytes = 800_000;

/** Of a page whose run has failed: the programs, for the teacher's list of mistakes. */
const programFiles = v.pipe(
  v.array(v.object({ name: text(100), text: text(8_000) })),
  v.minLength(1),
  v.maxLength(8),
);
export const readMistakeRequest = parserOf(v.object({ exercise: text(200), files: programFiles }));
/** Bytes of such a request. */
export const mostMistakeBytes = 16_384;

// ── Responses ──

const classInfo = v.object({
  id: v.string(),
  code: v.string(),
  language,
  locked: v.boolean(),
  listOnly: v.boolean(),
  asks: v.boolean(),
  assignment: v.nullable(assignment),
  shared: sharedState,
  created: time,
  members: v.number(),
});
export type ClassInfo = v.InferOutput<typeof classInfo>;
const classesResponse = v.object({
  classes: v.array(classInfo),
  /** How many browsers are the teacher's. */
  browsers: v.number(),
  /** The course's own port and path, if the page came by an ingress proxy: learners have no account there. */
  direct: v.optional(v.object({ port: v.number(), secure: v.boolean(), base: v.string() })),
});
export type ClassesResponse = v.InferOutput<typeof classesResponse>;
export const readClassesResponse = (value: unknown): ClassesResponse | undefined =>
  read(classesResponse, value);

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const listResponse = v.object({ added: count, known: count, unreadable: count });
export type ListResponse = v.InferOutput<typeof listResponse>;
export const readListResponse = (value: unknown): ListResponse | undefined =>
  read(listResponse, value);

const namesResponse = v.object({
  /** Those that nobody has picked. */
  names: v.array(v.object({ id: v.string(), name: v.string() })),
  /** No other name may join. */
  listOnly: v.boolean(),
});
export type NamesResponse = v.InferOutput<typeof namesResponse>;
export const readNamesResponse = (value: unknown): NamesResponse | undefined =>
  read(namesResponse, value);

/** For the member's own page. */
const memberResponse = v.object({
  id: v.string(),
  name: v.string(),
  /** The personal code. */
  words: v.string(),
  code: v.string(),
  /** Progress as `readProgress` reads it, from all devices and from the rooms on the server. */
  progress: v.string(),
  assignment: v.nullable(openedAssignment),
});
export type MemberResponse = v.InferOutput<typeof memberResponse>;
export const readMemberResponse = (value: unknown): MemberResponse | undefined =>
  read(memberResponse, value);
/** A join: the member, or the ticket of who waits for the teacher's yes. */
const joinResponse = v.union([memberResponse, v.object({ ticket: v.string() })]);
export type JoinResponse = v.InferOutput<typeof joinResponse>;
export const readJoinResponse = (value: unknown): JoinResponse | undefined =>
  read(joinResponse, value);
/** `member`: null if the teacher has not answered. */
const ticketResponse = v.object({ member: v.nullable(memberResponse) });
export const readTicketResponse = (value: unknown): { member: MemberResponse | null } | undefined =>
  read(ticketResponse, value);
/** `member`: null if this device is in no class. */
const meResponse = v.object({ member: v.nullable(memberResponse) });
export const readMeResponse = (value: unknown): v.InferOutput<typeof meResponse> | undefined =>
  read(meResponse, value);

const keptResponse = v.object({
  /** How many days a class without a sign of anybody is kept. */
  days: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type KeptResponse = v.InferOutput<typeof keptResponse>;
export const readKeptResponse = (value: unknown): KeptResponse | undefined =>
  read(keptResponse, value);

const progressResponse = v.object({ progress: v.string() });
export type ProgressResponse = v.InferOutput<typeof progressResponse>;
export const readProgressResponse = (value: unknown): ProgressResponse | undefined =>
  read(progressResponse, value);

const sayResponse = v.object({
  /** False: it holds until the server is started again, which could not store it. */
  isKept: v.boolean(),
});
export type SayResponse = v.InferOutput<typeof sayResponse>;
export const readSayResponse = (value: unknown): SayResponse | undefined =>
  read(sayResponse, value);

const mistakesResponse = v.object({
  /** The most frequent first; of nobody. */
  mistakes: v.array(
    v.object({
      hint: v.object({ id: v.string(), values: hintValues }),
      learners: v.number(),
      files: v.array(v.object({ name: v.string(), text: v.string() })),
    }),
  ),
});
export type Mistakes = v.InferOutput<typeof mistakesResponse>['mistakes'];
export const readMistakesResponse = (value: unknown): { mistakes: Mistakes } | undefined =>
  read(mistakesResponse, value);

// ── The teacher's live stream: server → page, one JSON text frame each ──

const memberInfo = v.object({
  id: v.string(),
  name: v.string(),
  words: v.string(),
  joined: time,
  /** Of a name of the teacher's list: whether a learner has picked it. */
  seat: v.nullable(v.picklist(['free', 'taken'])),
});
export type MemberInfo = v.InferOutput<typeof memberInfo>;

const classMessage = v.variant('type', [
  /** The first message, and whenever the class or its members change. */
  v.object({
    type: v.literal('class'),
    class: classInfo,
    members: v.array(memberInfo),
    /** Those who wait for the teacher's yes, in the order in which they came. */
    waiting: v.array(v.object({ id: v.string(), name: v.string(), since: time })),
  }),
  /** `now`: the server's clock. Rows replace those of the same member and exercise. */
  v.object({ type: v.literal('work'), now: time, rows: v.array(work) }),
  /** Whether what happens is stored at the moment; true until a message says otherwise. */
  v.object({ type: v.literal('kept'), isKept: v.boolean() }),
  /** The class was deleted. */
  v.object({ type: v.literal('ended') }),
]);
export type ClassMessage = v.InferOutput<typeof classMessage>;
export const parseClassMessage = parserOf(classMessage);
