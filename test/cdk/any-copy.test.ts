import * as anyCopy from '../../src/cdk/any-copy';
import * as cdk from '../../src/cdk/cdk';

test('what stands in for the port gives all that the port gives', () => {
  expect(Object.keys(anyCopy).sort()).toEqual(Object.keys(cdk).sort());
});
