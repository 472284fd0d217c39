import { LoadOptions } from 'js-yaml';
import { CLOUDFORMATION_SCHEMA, WITH_UNKNOWN_TAGS } from './cloudformation-schema';
import { MAX_DEPTH } from '../engine/json/shallow';

/** More values than a large template has; text without aliases cannot have more than characters. */
export const MOST_VALUES = 1_000_000;

/** What @types/js-yaml does not know. The depth of js-yaml counts a few levels of its own; the exact limit is held by the walk. */
export const YAML_OPTIONS: LoadOptions & { maxDepth: number; maxTotalMergeKeys: number } = {
  schema: CLOUDFORMATION_SCHEMA,
  maxDepth: MAX_DEPTH + 20,
  maxTotalMergeKeys: MOST_VALUES,
};

/** Where it matters only what stands where. */
export const LENIENT_YAML_OPTIONS: typeof YAML_OPTIONS = { ...YAML_OPTIONS, schema: WITH_UNKNOWN_TAGS };
