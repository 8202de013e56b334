package demo

// organization is a client of the agency.
type organization struct {
	name     string
	domain   string
	language string
	// people is the names that its people have.
	people people
	color  string
	trade  trade
	// ceiling is the most that its people may do, where that is not everything.
	ceiling map[string]string
	// status is what becomes of it once it is filled.
	status string
}

var (
	noPrompt  = map[string]string{"prompt": "none"}
	readOnly  = map[string]string{"prompt": "none", "channels": "view", "settings": "view", "knowledge_base": "view"}
	noTuning  = map[string]string{"prompt": "view", "settings": "view"}
	reception = map[string]string{"prompt": "none", "settings": "none", "channels": "none"}
)

var organizations = []organization{
	{name: "Le Petit Marché d’Été", domain: "petitmarche.example", language: "fr", people: french, color: "#70a288", trade: shop, status: "archived"},
	{name: "Maison Lefèvre", domain: "maisonlefevre.example", language: "fr", people: french, color: "#8c2f39", trade: restaurant, ceiling: noPrompt},
	{name: "O’Sullivan & Daughters Solicitors", domain: "osullivanlaw.example", language: "en", people: english, color: "#1f3a5f", trade: practice, ceiling: reception},
	{name: "Zahnärzte am Gärtnerplatz", domain: "zahn-gaertnerplatz.example", language: "de", people: german, color: "#2a9d8f", trade: clinic, ceiling: reception},
	{name: "Panadería La Ñusta", domain: "lanusta.example", language: "es", people: spanish, color: "#c8553d", trade: shop},
	{name: "桜花旅館", domain: "oukaryokan.example", language: "en", people: japanese, color: "#d1495b", trade: hotel, ceiling: noPrompt},
	{name: "مجموعة النخيل العقارية", domain: "nakheelgroup.example", language: "en", people: arabic, color: "#0f766e", trade: estate, ceiling: noTuning},
	{name: "Pousada Coração do Mar", domain: "coracaodomar.example", language: "pt", people: portuguese, color: "#1d7874", trade: hotel},
	{name: "Officine Bellandi", domain: "officinebellandi.example", language: "it", people: italian, color: "#b3001b", trade: garage},
	{name: "Harbour Lights Hotel", domain: "harbourlights.example", language: "en", people: english, color: "#264653", trade: hotel, ceiling: noPrompt},
	{name: "Smile Studio Dental", domain: "smilestudio.example", language: "en", people: english, color: "#00a6a6", trade: clinic, ceiling: reception},
	{name: "Crêperie Ty Breizh", domain: "tybreizh.example", language: "fr", people: french, color: "#22577a", trade: restaurant},
	{name: "Müller & Söhne Haustechnik", domain: "mueller-haustechnik.example", language: "de", people: german, color: "#e07a1f", trade: crafts, ceiling: noTuning},
	{name: "Inmobiliaria Peñalver", domain: "penalver.example", language: "es", people: spanish, color: "#6d597a", trade: estate, ceiling: noPrompt},
	{name: "北京好味道餐饮", domain: "haoweidao.example", language: "en", people: chinese, color: "#c1121f", trade: restaurant},
	{name: "מרפאת הכרמל", domain: "carmelclinic.example", language: "en", people: hebrew, color: "#3a7ca5", trade: clinic, ceiling: reception},
	{name: "Granja São Bento", domain: "saobento.example", language: "pt", people: portuguese, color: "#588157", trade: shop},
	{name: "Trattoria da Nonna Assunta", domain: "nonnaassunta.example", language: "it", people: italian, color: "#9b2226", trade: restaurant, ceiling: readOnly},
	{name: "Brightside Tutoring", domain: "brightsidetutoring.example", language: "en", people: english, color: "#5a67d8", trade: school},
	{name: "Cabinet Dentaire de l’Étoile", domain: "dentaire-etoile.example", language: "fr", people: french, color: "#457b9d", trade: clinic, ceiling: reception},
	{name: "Fahrradhaus Grün", domain: "fahrradhaus-gruen.example", language: "de", people: german, color: "#3f8f4f", trade: shop},
	{name: "Clínica Veterinaria Huellas", domain: "huellasvet.example", language: "es", people: spanish, color: "#ef8354", trade: clinic, ceiling: noPrompt},
	{name: "株式会社みどり保険", domain: "midorihoken.example", language: "en", people: japanese, color: "#2d6a4f", trade: insurer, ceiling: readOnly},
	{name: "Northgate Motors", domain: "northgatemotors.example", language: "en", people: english, color: "#343a40", trade: garage, ceiling: noTuning},
	{name: "Agence Océane Voyages", domain: "oceane-voyages.example", language: "fr", people: french, color: "#0077b6", trade: travel},
	{name: "Steuerkanzlei Vögele", domain: "voegele-steuer.example", language: "de", people: german, color: "#4a4e69", trade: practice, ceiling: reception},
	{name: "Academia Íbera de Idiomas", domain: "iberaidiomas.example", language: "es", people: spanish, color: "#f08a24", trade: school},
	{name: "شركة البتراء للسفر", domain: "petratravel.example", language: "en", people: arabic, color: "#bc6c25", trade: travel, ceiling: noPrompt},
	{name: "Seguros Boa Esperança", domain: "boaesperanca.example", language: "pt", people: portuguese, color: "#005f73", trade: insurer, ceiling: readOnly},
	{name: "Studio Legale Ferrarò", domain: "ferraro-legale.example", language: "it", people: italian, color: "#5c4742", trade: practice, ceiling: reception},
	{name: "Joe's Roofing & Gutters", domain: "joesroofing.example", language: "en", people: english, color: "#a44a3f", trade: crafts},
	{name: "Librairie L'Écume des Pages", domain: "ecumedespages.example", language: "fr", people: french, color: "#6a4c93", trade: shop},
	{name: "Hotel Zum Weißen Rössl", domain: "weisses-roessl.example", language: "de", people: german, color: "#7f5539", trade: hotel, ceiling: noPrompt},
	{name: "Taller Hermanos Ibáñez", domain: "hermanosibanez.example", language: "es", people: spanish, color: "#495057", trade: garage},
	{name: "上海云帆教育", domain: "yunfan.example", language: "en", people: chinese, color: "#1e6091", trade: school, ceiling: noTuning},
	{name: "Wanderlust & Co.", domain: "wanderlustco.example", language: "en", people: english, color: "#2b9348", trade: travel},
	{name: "Padaria Avó Lúcia", domain: "avolucia.example", language: "pt", people: portuguese, color: "#d68c45", trade: shop},
	{name: "Idraulica Cortès", domain: "idraulicacortes.example", language: "it", people: italian, color: "#1982c4", trade: crafts},
	{name: "Greystone Lettings", domain: "greystonelettings.example", language: "en", people: english, color: "#6c757d", trade: estate, ceiling: noPrompt},
	{name: "Vista Bay Insurance", domain: "vistabay.example", language: "en", people: english, color: "#3d405b", trade: insurer, ceiling: readOnly, status: "suspended"},
}
