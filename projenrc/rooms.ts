import { Component, JsonFile } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/** The rooms of `src/`, from the ground up: a file imports only from its own room and from those before it. */
export const ROOMS: readonly string[] = [
  'engine/json', 'engine/text', 'engine/surfaces', 'engine/evaluator', 'engine/templates', 'engine/scripts', 'engine/calls', 'engine/findings',
  'engine/policies', 'engine/lint', 'engine/judge', 'engine/harden', 'engine/exemptions', 'engine/report', 'engine/record',
  'input', 'edit', 'cdk', 'scopes', 'settings', 'tree', 'enforce', 'check', 'guard', 'preload', 'prevent', 'cli',
];

/**
 * Holds the order of the rooms, and that no file imports itself in a circle, in the lint step.
 *
 * Types count: whoever reads a file follows `import type` as well.
 */
export class Rooms extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.addDevDeps('dependency-cruiser@^17');
    new JsonFile(project, '.dependency-cruiser.json', {
      marker: false, // the tool takes no key that it does not know
      obj: {
        forbidden: [
          { name: 'no-circle', comment: 'move what both need into a file of its own', severity: 'error', from: { path: '^src' }, to: { circular: true } },
          { name: 'every-file-in-a-room', comment: 'see the rooms in projenrc/rooms.ts', severity: 'error', from: { path: '^src', pathNot: inRooms(ROOMS, '|^src/index\\.ts$') }, to: {} },
          {
            name: 'cdk-through-the-port',
            comment: 'import it from src/cdk/cdk.ts, which the build for apps of any CDK version puts another file in place of',
            severity: 'error',
            from: { path: inRooms(['scopes', 'tree', 'enforce', 'check', 'guard', 'preload']), pathNot: CONSTRUCTS_OF_THE_LIBRARY },
            to: { path: '^(node_modules/)?(aws-cdk-lib|constructs)/' },
          },
          ...ROOMS.slice(0, -1).map((room, i) => ({
            name: `${room.replace('/', '-')}-looks-down`,
            comment: 'a room imports only from those before it in projenrc/rooms.ts',
            severity: 'error',
            from: { path: inRooms([room]) },
            to: { path: inRooms(ROOMS.slice(i + 1), '|^src/index\\.ts$') },
          })),
        ],
        options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.dev.json' }, doNotFollow: { path: 'node_modules' } },
      },
    });
    const rooms = project.addTask('rooms', { description: 'Check that files import only from rooms before their own, and never in a circle', exec: 'depcruise src' });
    project.testTask.spawn(rooms);
    project.npmignore!.exclude('/.dependency-cruiser.json');
  }
}

/** What only an app that has the library can use. */
const CONSTRUCTS_OF_THE_LIBRARY = '^src/(enforce/imdsv2-(instance|launch-template)|check/imds-checks)\\.ts$';

function inRooms(rooms: readonly string[], others = ''): string {
  return `^src/(${rooms.join('|')})/${others}`;
}
