package demo

// trade is a line of business: what an agent does there, and who answers when
// the agent hands a chat over.
type trade struct {
	agent    string
	does     string
	channels []string
	teams    []string
}

var (
	restaurant = trade{"Table Booker", "Takes reservations, answers questions about the menu and allergens.", []string{"web", "whatsapp", "voice"}, []string{"reservations", "front_desk"}}
	hotel      = trade{"Concierge", "Answers guests at any hour: rooms, breakfast, late arrivals, tips for the evening.", []string{"web", "whatsapp", "voice"}, []string{"reservations", "front_desk", "after_hours"}}
	clinic     = trade{"Receptionist", "Books and moves appointments, and passes emergencies on at once.", []string{"web", "voice", "sms"}, []string{"front_desk", "billing", "after_hours"}}
	practice   = trade{"Intake Assistant", "Asks new clients what it is about and finds them an appointment.", []string{"web", "voice"}, []string{"front_desk", "billing"}}
	shop       = trade{"Shop Assistant", "Knows opening hours, stock and orders, and where a parcel is.", []string{"web", "instagram", "messenger"}, []string{"customer_support", "sales", "returns", "billing", "technical_support"}}
	estate     = trade{"Viewing Planner", "Qualifies people who ask about a property and arranges viewings.", []string{"web", "whatsapp", "voice"}, []string{"sales", "customer_support", "front_desk"}}
	garage     = trade{"Service Desk", "Books services and inspections, and tells when a car is ready.", []string{"web", "voice", "sms"}, []string{"sales", "technical_support", "customer_support", "billing"}}
	school     = trade{"Course Adviser", "Helps to choose a course and a level, and enrols.", []string{"web", "whatsapp"}, []string{"front_desk", "customer_support", "billing"}}
	insurer    = trade{"Claims Helper", "Takes first notice of a claim and says what is needed next.", []string{"web", "voice"}, []string{"customer_support", "sales", "billing", "after_hours"}}
	travel     = trade{"Trip Planner", "Puts trips together and answers travellers on the way.", []string{"web", "telegram", "whatsapp"}, []string{"reservations", "customer_support", "after_hours"}}
	crafts     = trade{"Job Dispatcher", "Finds out what is broken, how urgent it is, and when somebody can come.", []string{"web", "voice", "sms"}, []string{"customer_support", "technical_support"}}
)

// labels are what teams are called, by key and language.
var labels = map[string]map[string]string{
	"customer_support":  {"en": "Customer support", "es": "Atención al cliente", "fr": "Service client", "de": "Kundendienst", "pt": "Apoio ao cliente", "it": "Assistenza clienti"},
	"sales":             {"en": "Sales", "es": "Ventas", "fr": "Ventes", "de": "Verkauf", "pt": "Vendas", "it": "Vendite"},
	"reservations":      {"en": "Reservations", "es": "Reservas", "fr": "Réservations", "de": "Reservierungen", "pt": "Reservas", "it": "Prenotazioni"},
	"front_desk":        {"en": "Front desk", "es": "Recepción", "fr": "Accueil", "de": "Empfang", "pt": "Receção", "it": "Accoglienza"},
	"billing":           {"en": "Billing", "es": "Facturación", "fr": "Facturation", "de": "Rechnungen", "pt": "Faturação", "it": "Fatturazione"},
	"after_hours":       {"en": "After hours", "es": "Fuera de horario", "fr": "Hors horaires", "de": "Bereitschaft", "pt": "Fora de horas", "it": "Fuori orario"},
	"technical_support": {"en": "Technical support", "es": "Soporte técnico", "fr": "Support technique", "de": "Technik", "pt": "Apoio técnico", "it": "Supporto tecnico"},
	"returns":           {"en": "Returns", "es": "Devoluciones", "fr": "Retours", "de": "Rücksendungen", "pt": "Devoluções", "it": "Resi"},
}

// away is what is said when nobody is available, by language.
var away = map[string]string{
	"en": "Nobody is at the desk right now. Leave your number and we will call you back.",
	"es": "Ahora no hay nadie. Déjenos su número y le llamaremos.",
	"fr": "Personne n’est là pour l’instant. Laissez votre numéro, nous vous rappellerons.",
	"de": "Gerade ist niemand da. Hinterlassen Sie Ihre Nummer, wir rufen zurück.",
	"pt": "De momento não está ninguém. Deixe o seu número e ligamos de volta.",
	"it": "In questo momento non c’è nessuno. Ci lasci il numero e la richiamiamo.",
}

// agent is one that the agency runs.
type agent struct {
	name, does, provider string
	channels             []string
	paused               bool
}

func (g agent) status() string {
	if g.paused {
		return "paused"
	}
	return "active"
}

// providers are what agents run on.
var providers = []string{"Convocore", "Voiceflow", "Vapi", "Retell", "Own"}

// sharedAgents work for several clients.
var sharedAgents = []agent{
	{name: "Appointment Reminder", does: "Reminds of appointments a day before, and moves them.", provider: "Vapi", channels: []string{"voice", "sms"}},
	{name: "After-Hours Receptionist", does: "Answers the telephone at night and at weekends.", provider: "Retell", channels: []string{"voice"}},
	{name: "Review Collector", does: "Asks for a review after each visit, and passes complaints on.", provider: "Convocore", channels: []string{"whatsapp", "sms"}},
	{name: "Lead Qualifier", does: "Finds out what people need before sales calls them.", provider: "Voiceflow", channels: []string{"web"}},
	{name: "Payment Helper", does: "Explains invoices and takes payment promises.", provider: "Convocore", channels: []string{"web", "sms"}},
	{name: "Survey Caller", does: "Asks three questions by telephone.", provider: "Vapi", channels: []string{"voice"}},
	{name: "FAQ Answerer", does: "Answers what is asked most often, in six languages.", provider: "Voiceflow", channels: []string{"web", "messenger"}},
	{name: "Instagram Greeter", does: "Answers direct messages within seconds.", provider: "Convocore", channels: []string{"instagram"}},
	{name: "Job Applications", does: "Takes applications and asks for what is missing.", provider: "Own", channels: []string{"web"}},
	{name: "Newsletter Sign-up", does: "Offers the newsletter where it fits.", provider: "Own", channels: []string{"web"}},
	{name: "Callback Scheduler", does: "Finds a time at which somebody calls back.", provider: "Retell", channels: []string{"web", "voice"}},
	{name: "Event Host", does: "Answers questions about events, and registers guests.", provider: "Voiceflow", channels: []string{"web", "whatsapp"}, paused: true},
}

// spareAgents are assigned to nobody yet.
var spareAgents = []agent{
	{name: "Template: Dental Receptionist", does: "The one to copy for a new dental practice.", provider: "Convocore", channels: []string{"web", "voice"}, paused: true},
	{name: "Template: Hotel Concierge", does: "The one to copy for a new hotel.", provider: "Convocore", channels: []string{"web"}, paused: true},
	{name: "Template: Restaurant", does: "The one to copy for a new restaurant.", provider: "Voiceflow", channels: []string{"web"}, paused: true},
	{name: "Voice Sandbox", does: "For trying voices and latencies.", provider: "Vapi", channels: []string{"voice"}},
	{name: "Pitch Demo", does: "What prospects are shown in the first call.", provider: "Retell", channels: []string{"web", "voice"}},
	{name: "Gym Membership Helper", does: "Built for a client who has not signed yet.", provider: "Convocore", channels: []string{"web"}},
	{name: "Pharmacy Night Line", does: "Waits for the client’s telephone number.", provider: "Vapi", channels: []string{"voice"}, paused: true},
	{name: "Polyglot Tester", does: "Answers in the language it is asked in.", provider: "Own", channels: []string{"web"}},
}
