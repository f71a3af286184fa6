import type { Field } from "@taproot/model";

/** What kind of values a field must have, so that a name alone never decides. */
export type ValueKind =
  | "date"
  | "number"
  | "identifier"
  | "reference"
  | "ethnicity"
  | "sex"
  | "disability"
  | "carer"
  | "language"
  | "quintile"
  | "decile"
  | "postcode"
  | "areaCode"
  | "ageBand"
  | "category";

/** How record systems name a field: the first pattern that fits counts most. */
export interface FieldNames {
  readonly field: Field;
  readonly kind: ValueKind;
  readonly names: readonly RegExp[];
  readonly not?: RegExp;
}

const id =
  "(id|ids|identifier|identifiers|no|num|number|ref|reference|key|uid|guid|urn|pseudo|hash)";

/** The names by which community, hospital, council and voluntary services' systems call each field, in words. */
export const FIELD_NAMES: readonly FieldNames[] = [
  {
    field: "referralId",
    kind: "identifier",
    names: [
      new RegExp(`^(unique )?(service request|referral|refer|ref|rfrl) ?${id}( pseudo)?$`),
      new RegExp(
        `^(unique )?(referral|service request|request|pathway|rtt|case|episode|enquiry|application|assessment) ?(record )?${id}\\b`,
      ),
      /^(ubrn|referral|unique booking reference number|referral identifier.*)$/,
      new RegExp(`\\breferral\\b.*\\b${id}$`),
    ],
    not: /\bdate\b|\bperson\b|\bpatient\b|\bclient\b|organisation/,
  },
  {
    field: "referralId",
    kind: "reference",
    names: [/^(our )?(ref|reference)( (no|num|number|id))?$/],
  },
  {
    field: "personId",
    kind: "identifier",
    names: [
      new RegExp(
        `^(local |unique |pseudo |pseudonymised )*(patient|person|client|service user|customer|citizen|resident|pupil|student|tenant|member|participant)s? ?${id}\\b.*`,
      ),
      new RegExp(
        `^(mpi|rio|mosaic|lac|liquidlogic|carefirst|systmone|emis|hospital|unit|district|crn|pas|pds)( patient| client)? ?${id}?$`,
      ),
      /^(mrn|crn|patient|client|person|unique csds id patient|unique local patient ?id|pseudo(nym)?( id)?|local patient identifier.*)$/,
    ],
    not: /\bname\b|\bnhs\b|\bchi\b|organisation|status/,
  },
  {
    field: "dateAccepted",
    kind: "date",
    names: [
      /^(date )?(of )?(referral )?(accept(ed|ance)?)( on)?( date| dt)?$/,
      /\baccept(ed|ance)?\b.*\b(date|dt|on)\b|\b(date|dt)\b.*\baccept(ed|ance)?\b/,
      /\btriaged?\b.*\b(date|dt|on)\b|\b(date|dt)\b.*\btriaged?\b/,
    ],
    not: /not accepted|reject/,
  },
  {
    field: "dateDeclined",
    kind: "date",
    names: [
      /\b(declin(ed|e)?|reject(ed|ion)?|refus(ed|al)|not accepted|turned down|screened out)\b/,
    ],
  },
  {
    field: "dateFirstContact",
    kind: "date",
    names: [
      /\b(first|1st|initial)\b.*\b(contact|seen|appointment|appt|attend(ed|ance)?|assessment|visit|session|treatment|intervention|face)\b/,
      /\b(contact|seen|appointment|appt|visit)\b.*\b(first|1st|initial)\b/,
      /^(date )?(first )?seen( on| date)?$|^(date )?(of )?(assessment|visit|contact)( date)?$|^(assessed|contacted|visited)( on| date)?$|^care contact date$|^clock stop( date)?$|^referral to treatment period end date$|^(treatment|intervention|therapy) (start|started)( date)?$|^(date|start) of (treatment|intervention)( start)?$/,
    ],
    not: /last|next|\breferral to first/,
  },
  {
    field: "dateCompleted",
    kind: "date",
    names: [
      /\b(complet(ed|ion|e))\b/,
      /\bdischarged?\b(?!.*letter)/,
      /\b(closed?|closure|finish(ed)?|episode end|end(ed)?|outcome date)\b/,
    ],
    not: /reason|letter|reporting|reject|period/,
  },
  {
    field: "dateRemoved",
    kind: "date",
    names: [
      /\b(remov(ed|al)|withdrawn|withdrew|left( the)? (list|waiting list|service)|taken off|off list|exit(ed)?|deactivated|dropped out)\b/,
      /\b(waiting list|list) (end|exit)\b/,
      /^date left$|^left( on| date)?$/,
    ],
    not: /reason/,
  },
  {
    field: "dateReferred",
    kind: "date",
    names: [
      /^(date (of )?)?(the )?(refer(ral|red)?|ref|rfrl)( date| dt| on| d)?$|^(referral|ref|refer) (request )?(received|recd|rec|rcvd|made|created|start|in)?( date| dt| on)?$|^(date|dt) (of )?(referral|refer|ref|referred)( received| recd| rec| request)?( date)?$/,
      /\b(refer(ral|red)?|ref)\b.*\b(date|dt|on|when)\b|\b(date|dt)\b.*\b(refer(ral|red)?|ref)\b/,
      /^(date )?(received|recd|requested|opened|registered|added)( on| date)?$|^(date (of )?)?(request|enquiry|application|registration|clock start|contact received)( date| received)?( date)?$|^clock start( date)?$|^referral to treatment period start date$|^start date$/,
    ],
    not: /accept|discharge|reject|declin|clos|\bend\b|remov|first|onward|complet|seen|birth|age|reporting|effective|triag|previous/,
  },
  {
    field: "declineReason",
    kind: "category",
    names: [
      /\b(declin(ed|e|ing)?|reject(ed|ion)?|refus(ed|al)|not accepted)\b.*\b(reason|why|code)\b|\b(reason|why)\b.*\b(declin(ed|e|ing)?|reject(ed|ion)?|refus(ed|al)|not accepted)\b/,
    ],
  },
  {
    field: "removalReason",
    kind: "category",
    names: [
      /\b(remov(ed|al)|withdraw(n|al)?|left|exit)\b.*\breason\b|\breason\b.*\b(remov(ed|al)|withdraw(n|al)?|leaving|exit)\b/,
      /\b(clos(ure|ed|ing)|discharge|end)\b.*\breason\b|\breason\b.*\b(clos(ure|ed|ing)|discharge|end(ing|ed)?)\b/,
    ],
  },
  {
    field: "contactsAttended",
    kind: "number",
    names: [
      /^(contacts?|appointments?|appts?|sessions?|visits?|number|no|count|num)( of)?( contacts?| appointments?| sessions?)? ?attended$|^attend(ed|ances?)( contacts?| appointments?| sessions?| count)?$/,
      /^(number|no|num|count|n) (of )?(contacts|appointments|sessions|visits|attendances|treatments)$|^(contacts|appointments|sessions|visits|attendances)( count)?$|^(total|attended) (contacts|appointments|sessions)$/,
    ],
    not: /not attend|first|miss|cancel/,
  },
  {
    field: "contactsMissed",
    kind: "number",
    names: [
      /\b(dnas?|miss(ed)?|did not attend|not attended|no shows?|was not brought|wnb|unattended)\b/,
    ],
    not: /reason|date/,
  },
  {
    field: "contactsCancelled",
    kind: "number",
    names: [/\bcancel(led|ed|lations?)?\b/],
    not: /reason|date/,
  },
  {
    field: "outcomeMeasure",
    kind: "category",
    names: [
      /^outcome (measure|tool|instrument|scale)( used| name| type)?$|^(measure|measurement|tool|instrument|prom)( used| name)?$/,
    ],
  },
  {
    field: "scoreBefore",
    kind: "number",
    names: [
      /\b(before|baseline|initial|pre|admission|first|entry|intake|t1|time 1|start)\b.*\b(score|outcome|total|rating|copm|performance|tom|austoms|eq5d|index)\b|\b(score|outcome|total|rating|copm|performance|tom|austoms|eq5d|index)\b.*\b(before|baseline|initial|pre|admission|first|entry|intake|t1|time 1|start|1)$/,
      /^(baseline|pre|before|initial)$/,
    ],
    not: /date|after|post|final/,
  },
  {
    field: "scoreAfter",
    kind: "number",
    names: [
      /\b(after|final|end|post|discharge|follow up|followup|last|exit|review|t2|time 2|completion)\b.*\b(score|outcome|total|rating|copm|performance|tom|austoms|eq5d|index)\b|\b(score|outcome|total|rating|copm|performance|tom|austoms|eq5d|index)\b.*\b(after|final|end|post|discharge|follow up|followup|last|exit|review|t2|time 2|completion|2)$/,
      /^(post|after|final|follow up)$/,
    ],
    not: /date|before|baseline/,
  },
  {
    field: "ageBand",
    kind: "ageBand",
    names: [
      /\bage\b.*\b(band|group|range|category|bracket)s?\b|\b(band|group|range) of age\b|^age(band|group|range)s?$/,
      /^age$|^ages$|\bage at\b/,
    ],
  },
  {
    field: "age",
    kind: "number",
    names: [
      /^(patient |client |person )?age( in)?( years| yrs)?$|^age at (service )?(referral|request)( received)?( date)?( years| yrs)?$/,
      /\bage\b/,
    ],
    not: /band|group|range|days|death|discharge|\bend\b|closure|rejection|months/,
  },
  {
    field: "birthDate",
    kind: "date",
    names: [/\b(dob|date of birth|birth ?date|birth ?day|d o b|born)\b|^dateofbirth\b/],
  },
  {
    field: "sex",
    kind: "sex",
    names: [
      /^(patient |person |client )?(sex|gender)( code| description| desc| at birth)?$/,
      /\b(sex|gender)\b/,
    ],
    not: /orientation|same as/,
  },
  {
    field: "ethnicity",
    kind: "ethnicity",
    names: [/\bethnic(ity)?\b/, /\b(race|ethnos)\b/],
  },
  {
    field: "disability",
    kind: "disability",
    names: [
      /^(has (a )?|is )?(disab(led|ility))( status| flag| indicator| yn| y n)?$/,
      /\bdisab(led|ility|ilities)\b/,
    ],
    not: /supervision/,
  },
  {
    field: "language",
    kind: "language",
    names: [
      /^(main|preferred|first|spoken|home|primary)? ?language( code)?( preferred| spoken)?$/,
      /\blanguage\b/,
    ],
    not: /interpreter|therapy|sign language (needed|required)|second/,
  },
  {
    field: "carer",
    kind: "carer",
    names: [
      /^(is |has |unpaid |young )*(a )?carer( status| flag| indicator| yn)?$/,
      /\b(caring responsibilit(y|ies)|unpaid care|carer)\b/,
    ],
    not: /relationship|name|main carer|has (a )?carer|stress|support/,
  },
  {
    field: "inclusion",
    kind: "category",
    names: [
      /\binclusion( health)?( group)?\b|\bplus group\b|\bcore ?20 ?plus\b/,
      /\bvulnerab(le|ility)( group)?\b/,
    ],
  },
  {
    field: "rurality",
    kind: "category",
    names: [/\brural(ity)?\b|\burban\b|^ruc\d*$/],
  },
  {
    field: "digital",
    kind: "category",
    names: [/^digital\b.*|\b(internet|online) (access|use)\b|\bdigitally (excluded|included)\b/],
  },
  {
    field: "postcode",
    kind: "postcode",
    names: [
      /^(home |patient |client |full |usual address |current )*post ?code( of (usual|home) address| of residence)?$|^(pcd|pcds|pcd2|zip|zip code|postal code)$/,
      /\bpost ?code\b/,
    ],
    not: /district|sector|area|gp|practice|flag|school/,
  },
  {
    field: "areaCode",
    kind: "areaCode",
    names: [
      /\b(lsoa|lower super output area|lower layer super output area|data ?zone|dz|super output area|soa|small area)\b|^(lsoa|dz|soa|sa)\d{2,4}(cd|code)?$/,
      /\barea code\b|^area$/,
    ],
    not: /name|\bnm\b|middle|msoa|decile|rank/,
  },
  {
    field: "deprivationQuintile",
    kind: "quintile",
    names: [
      /\b(imd|simd|wimd|nimdm|iod|deprivation|deprived|depriv)\w*\b.*\b(quint(ile)?s?|fifth|q)\b|\bquint(ile)?\b.*\b(imd|simd|wimd|nimdm|deprivation)\b|^(imd|simd|wimd)q(uintile)?\d*$/,
      /^(quintile|deprivation|imd|simd|wimd|nimdm|deprivation (group|band|level))( \d{4})?$/,
    ],
    not: /rank|score/,
  },
  {
    field: "deprivationDecile",
    kind: "decile",
    names: [
      /\b(imd|simd|wimd|nimdm|iod|deprivation|depriv)\w*\b.*\b(decile|tenth|dec)\b|\bdecile\b.*\b(imd|simd|wimd|nimdm|deprivation)\b|^(imd|simd|wimd)d(ecile)?\d*$/,
      /^(decile|deprivation|imd|simd|wimd|nimdm)( \d{4})?$/,
    ],
    not: /rank|score/,
  },
  {
    field: "deprivationRank",
    kind: "number",
    names: [/\b(imd|simd|wimd|nimdm|deprivation)\w*\b.*\brank\b/],
  },
  {
    field: "team",
    kind: "category",
    names: [
      /^(team|team name|care team|clinical team|allocated team|team referred to|care professional team.*)$/,
      /\bteam\b/,
    ],
    not: /service or team|date/,
  },
  {
    field: "service",
    kind: "category",
    names: [
      /^(service|service name|service type|service line|service referred to|service or team type.*|specialty|speciality|programme|project|department)( name| code| description)?$/,
      /\bservice\b|\bspecial(i)?ty\b/,
    ],
    not: /request|user|date|discharge|agreement|line (id|num)/,
  },
  {
    field: "setting",
    kind: "category",
    names: [
      /^(care )?setting( type)?$|^(activity )?location type( code)?$|^place of (care|treatment)$/,
    ],
  },
  {
    field: "source",
    kind: "category",
    names: [
      /\b(source of referral|referral source|ref source|referr(er|ing) (type|source|role)|source of ref)\b/,
      /^(source|referrer|referred by|referred from|source of referral.*)$/,
    ],
    not: /name|organisation/,
  },
  {
    field: "urgency",
    kind: "category",
    names: [
      /\b(urgency|priority|priority type( code)?|triage (category|level|priority|outcome)|urgent)\b/,
    ],
    not: /date/,
  },
  {
    field: "place",
    kind: "category",
    names: [
      /^(place|locality|district|borough|neighbourhood|primary care network|pcn|local authority|council area|council|local authority district.*|town)( name)?$/,
      /\b(locality|neighbourhood|borough)\b/,
    ],
  },
];
