export { type Attempt, type Fault, type FaultProxy, listedFaults, seededFaults, startFaultProxy } from './fault.proxy';
export { aLead, daysAgo, LeadBuilder, type SentItem } from './lead.builder';
export { fewerRuns } from './property.runs';
export { recordedPath } from './recorded.folder';
export { recordedRequests, type RecordedEvent, type RecordedRequest } from './recorded.requests';
export { nodeFlagsOf, type RunningServer, type ServerOptions, startServer } from './server.process';
export { type CaughtMail, SmtpCatcher } from './smtp.catcher';
export { temporaryFolder } from './temporary.folder';
