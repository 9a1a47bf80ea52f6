// The contract's nouns under the names that the desk speaks.
import type { components, operations } from './generated';

type Schemas = components['schemas'];

export type Status = Schemas['Status'];
export type Picture = Schemas['Picture'];
export type SeriesPoint = Schemas['SeriesPoint'];
export type TopEntry = Schemas['TopEntry'];
export type Totals = Schemas['Totals'];
export type Direction = Schemas['Direction'];
export type FlowsByDirection = Schemas['FlowsByDirection'];
export type Sighting = Schemas['Sighting'];
export type SightingDetail = Schemas['SightingDetail'];
export type SightingHour = Schemas['SightingHour'];
export type SightingPage = Schemas['SightingPage'];
export type SightingsNews = Schemas['SightingsNews'];
export type FindingsNews = Schemas['FindingsNews'];
export type Event = Schemas['Event'];
export type EventDetail = Schemas['EventDetail'];
export type EventPage = Schemas['EventPage'];
export type EventSummary = Schemas['EventSummary'];
export type Organisation = Schemas['Organisation'];
export type OrganisationInput = Schemas['OrganisationInput'];
export type OrganisationRow = Schemas['OrganisationRow'];
export type OrganisationSummary = Schemas['OrganisationSummary'];
export type OrganisationPage = Schemas['OrganisationPage'];
export type OrganisationImportReport = Schemas['OrganisationImportReport'];
export type Contact = Schemas['Contact'];
export type KeyFacts = Schemas['KeyFacts'];
export type OrganisationSize = Schemas['OrganisationSize'];
export type EntityClass = Schemas['EntityClass'];
export type FacetCount = Schemas['FacetCount'];
export type FieldChange = Schemas['FieldChange'];
export type Labelled = Schemas['Labelled'];
export type Proposal = Schemas['Proposal'];
export type ProposalState = Schemas['ProposalState'];
export type ProposalPage = Schemas['ProposalPage'];
export type Network = Schemas['Network'];
export type NetworkClaim = Schemas['NetworkClaim'];
export type NetworkPage = Schemas['NetworkPage'];
export type Finding = Schemas['Finding'];
export type FindingPage = Schemas['FindingPage'];
export type FindingStory = Schemas['FindingStory'];
export type Incident = Schemas['Incident'];
export type IncidentChange = Schemas['IncidentChange'];
export type IncidentEntry = Schemas['IncidentEntry'];
export type IncidentEntryInput = Schemas['IncidentEntryInput'];
export type IncidentEntryPage = Schemas['IncidentEntryPage'];
export type IncidentInput = Schemas['IncidentInput'];
export type IncidentLink = Schemas['IncidentLink'];
export type IncidentLinkKind = Schemas['IncidentLinkKind'];
export type IncidentPage = Schemas['IncidentPage'];
export type IncidentCheckState = Schemas['IncidentCheckState'];
export type IncidentPlaybook = Schemas['IncidentPlaybook'];
export type IncidentPlaybookStep = Schemas['IncidentPlaybookStep'];
export type IncidentReference = Schemas['IncidentReference'];
export type IncidentStory = Schemas['IncidentStory'];
export type IncidentVocabulary = Schemas['IncidentVocabulary'];
export type Report = Schemas['Report'];
export type ReportChannel = Schemas['ReportChannel'];
export type ReportDecision = Schemas['ReportDecision'];
export type ReportInput = Schemas['ReportInput'];
export type Observable = Schemas['Observable'];
export type ReportPage = Schemas['ReportPage'];
export type ReportState = Schemas['ReportState'];
export type ReportStory = Schemas['ReportStory'];
export type Difference = Schemas['Difference'];
export type LocalText = Schemas['LocalText'];
export type FindingState = Schemas['FindingState'];
export type FindingSeverity = Schemas['FindingSeverity'];
export type StepsTaken = Schemas['StepsTaken'];
export type LoopFigures = Schemas['LoopFigures'];
export type NationalSpace = Schemas['NationalSpace'];
export type NationalSpaceInput = Schemas['NationalSpaceInput'];
export type Team = Schemas['Team'];
export type TeamInput = Schemas['TeamInput'];
export type Sector = Schemas['Sector'];
export type Indicator = Schemas['Indicator'];
export type IndicatorKind = Schemas['IndicatorKind'];
export type IndicatorDetail = Schemas['IndicatorDetail'];
export type IndicatorPage = Schemas['IndicatorPage'];
export type IndicatorImportReport = Schemas['IndicatorImportReport'];
export type Source = Schemas['Source'];
export type Feed = Schemas['Feed'];
export type FeedDetail = Schemas['FeedDetail'];
export type FeedHealth = Schemas['FeedHealth'];
export type FeedInput = Schemas['FeedInput'];
export type FeedKind = Schemas['FeedKind'];
export type FeedList = Schemas['FeedList'];
export type FeedRun = Schemas['FeedRun'];
export type SentDelivery = Schemas['SentDelivery'];
export type Routing = Schemas['Routing'];
export type RoutingInput = Schemas['RoutingInput'];
export type RoutingRule = Schemas['RoutingRule'];
export type RoutingRung = Schemas['RoutingRung'];
export type SectorAuthority = Schemas['SectorAuthority'];
export type TeamHours = Schemas['TeamHours'];
export type RoutingPlan = Schemas['RoutingPlan'];
export type RoutingPlanQuery = Schemas['RoutingPlanQuery'];
export type RoutingReason = Schemas['RoutingReason'];
export type RoutingRuleReference = Schemas['RoutingRuleReference'];
export type PlannedMessage = Schemas['PlannedMessage'];
export type PlannedFinding = Schemas['PlannedFinding'];
export type Message = Schemas['Message'];
export type MessageDraft = Schemas['MessageDraft'];
export type MessageForm = Schemas['MessageForm'];
export type MessagePage = Schemas['MessagePage'];
export type MessagePreview = Schemas['MessagePreview'];
export type MessageState = Schemas['MessageState'];
export type MessageSummary = Schemas['MessageSummary'];
export type PlainMail = Schemas['PlainMail'];
export type Webhook = Schemas['Webhook'];
export type WebhookTold = Schemas['WebhookTold'];
export type WrittenMessages = Schemas['WrittenMessages'];
export type Collection = Schemas['Collection'];
export type Exporter = Schemas['Exporter'];
export type CollectorSocket = Schemas['CollectorSocket'];
export type Tlp = Schemas['Tlp'];
export type Pap = Schemas['Pap'];
export type Problem = Schemas['Problem'];
export type StaleProblem = Schemas['StaleProblem'];
export type Session = Schemas['Session'];
export type Language = Schemas['Language'];
export type PasskeyChallenge = Schemas['PasskeyChallenge'];
export type PasskeyOffer = Schemas['PasskeyOffer'];
export type PasskeyAssertion = Schemas['PasskeyAssertion'];
export type PasskeyAttestation = Schemas['PasskeyAttestation'];
export type Passkey = Schemas['Passkey'];
export type TotpOffer = Schemas['TotpOffer'];
export type Enrolled = Schemas['Enrolled'];
export type OpenSession = Schemas['OpenSession'];
export type SessionOfSomebody = Schemas['SessionOfSomebody'];
export type Readers = Schemas['Readers'];
export type Upkeep = Schemas['Upkeep'];
export type Role = Schemas['Role'];
export type User = Schemas['User'];
export type UserInput = Schemas['UserInput'];
export type UserPage = Schemas['UserPage'];
export type UserState = Schemas['UserState'];
export type Invited = Schemas['Invited'];
export type Token = Schemas['Token'];
export type TokenInput = Schemas['TokenInput'];
export type OwnTokenInput = Schemas['OwnTokenInput'];
export type MadeToken = Schemas['MadeToken'];
export type JournalEntry = Schemas['JournalEntry'];
export type JournalPage = Schemas['JournalPage'];
export type JournalVerification = Schemas['JournalVerification'];
export type Change = Schemas['Change'];
export type Delivery = Schemas['Delivery'];
export type DeliveryDetail = Schemas['DeliveryDetail'];
export type DeliveryPage = Schemas['DeliveryPage'];
export type DeliveryTotals = Schemas['DeliveryTotals'];
export type QuarantinedRow = Schemas['QuarantinedRow'];
export type QuarantinePage = Schemas['QuarantinePage'];
export type Mapping = Schemas['Mapping'];
export type MappingSummary = Schemas['MappingSummary'];
export type MappingTrial = Schemas['MappingTrial'];

export type SightingQuery = NonNullable<operations['list_sightings']['parameters']['query']>;
export type EventQuery = NonNullable<operations['list_events']['parameters']['query']>;
export type PictureQuery = NonNullable<operations['read_picture']['parameters']['query']>;
export type OrganisationQuery = NonNullable<operations['list_organisations']['parameters']['query']>;
export type IndicatorQuery = NonNullable<operations['list_indicators']['parameters']['query']>;
export type IndicatorImportQuery = NonNullable<operations['import_indicators']['parameters']['query']>;

/** Outward first, because it speaks of hosts at home that are already infected. */
export const directions: readonly Direction[] = ['outbound', 'inbound', 'internal', 'transit', 'unknown'];
export const indicatorKinds: readonly IndicatorKind[] = ['address', 'prefix', 'range', 'as', 'domain', 'url', 'md5', 'sha1', 'sha256'];
export const feedKinds: readonly FeedKind[] = ['pull', 'mailbox', 'shadowserver', 'misp', 'sightings', 'folder', 'push'];
export const observableKinds: readonly Observable['kind'][] = ['address', 'prefix', 'as', 'domain', 'url', 'email', 'md5', 'sha1', 'sha256', 'sha512', 'cve'];
/** The worst first. */
export const feedHealths: readonly FeedHealth[] = ['failing', 'late', 'incomplete', 'never', 'ok', 'off'];
export const tlps: readonly Tlp[] = ['clear', 'green', 'amber', 'amber+strict', 'red'];
/** What needs a person first. */
export const messageStates: readonly MessageState[] = ['held', 'failed', 'bounced', 'waiting', 'sending', 'sent', 'cancelled'];
export const sizes: readonly OrganisationSize[] = ['micro', 'small', 'medium', 'large'];
export const entityClasses: readonly EntityClass[] = ['essential', 'important', 'none'];
export const proposalStates: readonly ProposalState[] = ['open', 'approved', 'refused', 'withdrawn'];
export const findingSeverities: readonly FindingSeverity[] = ['critical', 'high', 'medium', 'low'];
/** In the order of their life. */
export const findingStates: readonly FindingState[] = ['open', 'reopened', 'notified', 'seen', 'acknowledged', 'help_needed', 'claimed_fixed', 'verified', 'accepted_risk', 'not_ours', 'false_positive'];
/** What waits first. */
export const reportStates: readonly ReportState[] = ['waiting', 'accepted', 'refused', 'passed_on'];
export const reportChannels: readonly ReportChannel[] = ['desk', 'mail', 'form', 'portal', 'partner', 'api', 'sighting', 'finding'];
export const incidentLinkKinds: readonly IncidentLinkKind[] = ['related', 'duplicate', 'caused_by', 'causes'];
/** Somebody still has to do something about it. */
export const openStates: readonly FindingState[] = ['open', 'reopened', 'notified', 'seen', 'acknowledged', 'help_needed'];
export const paps: readonly Pap[] = ['clear', 'green', 'amber', 'red'];
export const tongues: readonly Language[] = ['mk', 'sq', 'en'];
export const userStates: readonly UserState[] = ['active', 'invited', 'deactivated'];

/** What a role or a token may be allowed, in the order to show it: the permissions of `data/access/roles.json`, by what they concern. */
export const permissionGroups = {
  picture: ['status.read', 'picture.read', 'sightings.read', 'events.read', 'collection.read'],
  organisations: ['organisations.read', 'organisations.write', 'organisations.propose', 'contacts.confirm', 'proposals.decide', 'national_space.write', 'team.manage'],
  findings: ['findings.read', 'findings.manage', 'findings.answer'],
  incidents: ['reports.send', 'incidents.read', 'incidents.manage'],
  messages: ['messages.read', 'messages.write'],
  indicators: ['indicators.read', 'indicators.import'],
  feeds: ['feeds.read', 'feeds.manage', 'deliveries.send'],
  routing: ['routing.read', 'routing.manage'],
  deliveries: ['deliveries.read', 'deliveries.read_again'],
  access: ['users.read', 'users.manage', 'tokens.manage', 'tokens.own', 'red.open'],
  trail: ['journal.read', 'journal.checkpoint'],
  operation: ['operation.read'],
} as const;
export type PermissionGroup = keyof typeof permissionGroups;
export type Permission = (typeof permissionGroups)[PermissionGroup][number];

/** What no program may have, only a person. */
export const forPeopleOnly: readonly Permission[] = ['users.manage', 'tokens.manage', 'tokens.own', 'red.open'];
/** All that anybody of an organisation may have, and so a token that sees no more than one. */
export const ofOrganisations: readonly Permission[] = ['sightings.read', 'events.read', 'findings.read', 'findings.answer', 'organisations.read', 'organisations.propose', 'contacts.confirm', 'tokens.own'];
