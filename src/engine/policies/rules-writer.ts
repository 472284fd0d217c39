/**
 * The code of the function that puts rules into a bucket, in every account and Region of an organization.
 *
 * CloudFormation has no type for an object in S3. Of others it uses only what the Lambda runtime has. The address that the answer goes to is
 * signed for an empty content type.
 */
export const RULES_WRITER = `const { S3Client, PutObjectCommand, DeleteObjectCommand } = require('@aws-sdk/client-s3');
exports.handler = async event => {
  const { Bucket, Key, Rules } = event.ResourceProperties;
  const answer = {
    Status: 'SUCCESS', PhysicalResourceId: Bucket + '/' + Key, StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
  };
  try {
    const isGone = event.RequestType === 'Delete';
    await new S3Client().send(isGone ? new DeleteObjectCommand({ Bucket, Key }) : new PutObjectCommand({ Bucket, Key, Body: Rules }));
  } catch (error) {
    Object.assign(answer, { Status: 'FAILED', Reason: 'the rules cannot be written: ' + error.message });
  }
  const { ok, status } = await fetch(event.ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(answer) });
  if (!ok) throw new Error('CloudFormation took no answer: ' + status);
};
`;
