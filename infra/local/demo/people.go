package demo

import (
	"math/rand/v2"
	"strings"
	"unicode"

	"atrium/shared/text"
)

// people are the names of a place. A name that is not written in Latin letters
// is followed by how its e-mail address spells it, after a slash.
type people struct {
	given, family []string
	// familyFirst puts the family name in front, without a space.
	familyFirst bool
}

var (
	english = people{
		given:  split("Amelia Oliver Priya George Isla Harry Chloe Tom Nia Callum Grace Ethan Zara Owen Freya Liam Maya Jack Ruby Idris"),
		family: split("Hughes Patel O’Brien Walker Campbell Okoye Reid Turner Whitfield Barnes Shah Murphy Clarke D’Souza Fletcher Grant"),
	}
	french = people{
		given:  split("Chloé Étienne Manon Rémi Anaïs Julien Noémie Théo Hélène Mathis Inès Loïc Camille Aurélien Maëlle François"),
		family: split("Lefèvre Moreau Bénard Garnier Dubois N’Diaye Rousseau Fontaine Besançon Mercier Guérin Chevalier Haddad Le_Goff"),
	}
	german = people{
		given:  split("Jürgen Lena Björn Käthe Sören Mareike Günter Anke Jonas Heike Lukas Frieda Matthias Yağmur Sibylle Torsten"),
		family: split("Müller Schäfer Groß Vögele Weiß Krüger Böhm Yılmaz Lindner Jäger Brandt Kühn Österreicher Hoffmann"),
	}
	spanish = people{
		given:  split("Begoña Íñigo Lucía Andrés Marta Álvaro Noelia Raúl Inés Joaquín Nuria Sebastián Ángela Íker Pilar Tomás"),
		family: split("Muñoz Ibáñez Peñalver García Núñez Ordóñez Castaño Rodríguez Vázquez Ruiz Zúñiga Serrano Gómez Peña"),
	}
	portuguese = people{
		given:  split("João Conceição Inês Gonçalo Lúcia Tomé Beatriz Simão Catarina Vasco Mariana Duarte Fátima Rúben"),
		family: split("Gonçalves Magalhães Conceição Araújo Simões Guimarães Brandão Teixeira Falcão Nóbrega Lourenço Pires"),
	}
	italian = people{
		given:  split("Niccolò Chiara Alessandro Giulia Matteo Noemi Davide Serena Tommaso Elisabetta Ruggero Ilaria Gioele Agnese"),
		family: split("Ferrarò D’Angelo Bellandi Rossi Cortès Galli Dell’Acqua Marchetti Fabbri Lodà Conti Santoro Villa Greco"),
	}
	japanese = people{
		given:       split("陽子/yoko 健太/kenta 美咲/misaki 大輔/daisuke さくら/sakura 翔/sho 由美/yumi 拓海/takumi 恵/megumi 直樹/naoki 葵/aoi 誠/makoto"),
		family:      split("田中/tanaka 佐藤/sato 鈴木/suzuki 高橋/takahashi 渡辺/watanabe 伊藤/ito 山本/yamamoto 中村/nakamura 小林/kobayashi 加藤/kato"),
		familyFirst: true,
	}
	chinese = people{
		given:       split("晓明/xiaoming 丽华/lihua 志强/zhiqiang 婷婷/tingting 建国/jianguo 雪梅/xuemei 浩然/haoran 思雨/siyu 伟/wei 静/jing"),
		family:      split("王/wang 李/li 张/zhang 刘/liu 陈/chen 杨/yang 黄/huang 周/zhou 吴/wu 徐/xu"),
		familyFirst: true,
	}
	arabic = people{
		given:  split("ليلى/layla أحمد/ahmad نور/nour يوسف/yousef سارة/sara خالد/khaled مريم/maryam عمر/omar هدى/huda سامي/sami"),
		family: split("حداد/haddad الخطيب/alkhatib منصور/mansour النجار/alnajjar سعيد/said الحسن/alhasan قاسم/qasim درويش/darwish"),
	}
	hebrew = people{
		given:  split("נועה/noa דוד/david תמר/tamar איתן/eitan מיכל/michal יונתן/yonatan שירה/shira אורי/uri יעל/yael גיל/gil"),
		family: split("כהן/cohen לוי/levi מזרחי/mizrahi פרץ/peretz ביטון/biton שפירא/shapira אדלר/adler גולן/golan"),
	}
)

func split(names string) []string { return strings.Fields(names) }

// person is somebody with a name and the local part of an address.
type person struct{ name, mailbox string }

// some are n different people.
func (p people) some(random *rand.Rand, n int) []person {
	taken := map[string]bool{}
	all := make([]person, 0, n)
	for len(all) < n {
		one := p.one(random)
		if !taken[one.mailbox] {
			taken[one.mailbox] = true
			all = append(all, one)
		}
	}
	return all
}

func (p people) one(random *rand.Rand) person {
	given, givenLatin := spelled(p.given[random.IntN(len(p.given))])
	family, familyLatin := spelled(p.family[random.IntN(len(p.family))])
	name := given + " " + family
	if p.familyFirst {
		name = family + given
	}
	return person{name: name, mailbox: givenLatin + "." + familyLatin}
}

// spelled is a name, and how an address spells it.
func spelled(name string) (written, latin string) {
	written, latin, found := strings.Cut(name, "/")
	written = strings.ReplaceAll(written, "_", " ")
	if !found {
		latin = strings.Map(func(r rune) rune {
			if r > unicode.MaxASCII || !unicode.IsLetter(r) {
				return -1
			}
			return r
		}, text.Plain(written))
	}
	return written, latin
}

// preset is a set of grants that people in one position have.
type preset map[string]string

var (
	manager   = preset{"home": "view", "conversations": "edit", "analytics": "edit", "knowledge_base": "edit", "channels": "edit", "settings": "edit", "tab:reports": "view"}
	agentDesk = preset{"home": "view", "conversations": "edit", "knowledge_base": "view"}
	marketing = preset{"home": "view", "conversations": "view", "analytics": "edit", "channels": "view", "tab:reports": "view"}
	onlooker  = preset{"home": "view", "analytics": "view"}
)

// presets are what users have, in turn: most of them answer chats.
var presets = []preset{agentDesk, agentDesk, marketing, agentDesk, onlooker}

var ranks = map[string]int{"none": 0, "view": 1, "edit": 2}

// below is the preset as far as a ceiling allows it.
func (p preset) below(ceiling map[string]string) preset {
	allowed := preset{}
	for section, grant := range p {
		if limit, ok := ceiling[section]; ok && ranks[limit] < ranks[grant] {
			grant = limit
		}
		allowed[section] = grant
	}
	return allowed
}
