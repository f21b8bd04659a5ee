#include "page/word_lists.h"

namespace conform {
namespace {

constexpr std::string_view kNotSupportedTexts[] = {"not supported",
                                                   "not available",
                                                   "not applicable",
                                                   "n/a",
                                                   "unsupported",
                                                   "none",
                                                   "no support",
                                                   "not support",
                                                   "n't supported",
                                                   "n't available",
                                                   "n't support",
                                                   "nicht unterstützt",
                                                   "nicht verfügbar",
                                                   "nicht zutreffend",
                                                   "keine",
                                                   "non pris",
                                                   "pas pris",
                                                   "non disponible",
                                                   "pas disponible",
                                                   "sans objet",
                                                   "non applicable",
                                                   "aucun",
                                                   "non support",
                                                   "no admitid",
                                                   "no compatible",
                                                   "no se admite",
                                                   "no es compatible",
                                                   "no disponible",
                                                   "no está disponible",
                                                   "no se soporta",
                                                   "no soportad",
                                                   "no aplicable",
                                                   "ningun",
                                                   "no se permite",
                                                   "sin soporte",
                                                   "non supportat",
                                                   "non è supportat",
                                                   "non disponibil",
                                                   "nessun",
                                                   "sem suporte",
                                                   "não suportad",
                                                   "não há suporte",
                                                   "não compatível",
                                                   "não disponível",
                                                   "não é compatível",
                                                   "não tem suporte",
                                                   "incompatível",
                                                   "não aplicável",
                                                   "nenhum",
                                                   "indisponível",
                                                   "não é suportad",
                                                   "não se aplica",
                                                   "е поддерж",
                                                   "едоступн",
                                                   "еприменимо",
                                                   "тсутств",
                                                   "ет.",
                                                   "サポートされていません",
                                                   "サポートされません",
                                                   "サポートされない",
                                                   "サポート対象外",
                                                   "サポート外",
                                                   "未対応",
                                                   "使用できません",
                                                   "利用できません",
                                                   "該当なし",
                                                   "該当しません",
                                                   "なし",
                                                   "ありません",
                                                   "지원되지",
                                                   "지원하지",
                                                   "지원 안",
                                                   "사용할 수 없",
                                                   "해당 없음",
                                                   "없음",
                                                   "不支持",
                                                   "不受支持",
                                                   "不可用",
                                                   "不适用",
                                                   "暂不支持",
                                                   "无。",
                                                   "不支援",
                                                   "不受支援",
                                                   "無法使用",
                                                   "不適用",
                                                   "niet ondersteund",
                                                   "niet beschikbaar",
                                                   "niet van toepassing",
                                                   "ieobsługiwan",
                                                   "ie jest obsługiwan",
                                                   "iedostępn",
                                                   "ie dotyczy"};

constexpr std::string_view kWorkTexts[] = {
    "work or school", "work account", "school account", "work/school", "organizational",
    "schulkonto",     "geschäft",     "arbeitskonto",   "arbeits-",    "unikonto",
    "professionnel",  "scolaire",     "profesional",    "educativa",   "trabajo",
    "aziendale",      "istituto",     "lavoro",         "corporativa", "estudante",
    "escolar",        "trabalho",     "абоч",           "чебн",        "職場",
    "学校",           "學校",         "회사",           "학교",        "직장",
    "工作",           "werk",         "łużbow",         "zkoln",       "公司"};

constexpr std::string_view kPersonalTexts[] = {"personal", "msa",         "persönlich", "personnel",
                                               "pessoal",  "ичн",         "個人",       "개인",
                                               "个人",     "persoonlijk", "sobist",     "consumer"};

constexpr std::string_view kApplicationTexts[] = {
    "application", "app-only", "anwendung",  "aplicaci",     "applicazion", "aplicativo",
    "aplicaç",     "риложени", "アプリ",     "애플리케이션", "응용",        "앱",
    "应用",        "應用",     "toepassing", "plikacj"};

constexpr std::string_view kDelegatedTexts[] = {"delegated", "delegiert",   "délégu",  "deleg",
                                                "елегир",    "委任",        "委派",    "委托",
                                                "위임",      "gedelegeerd", "elegowan"};

constexpr std::string_view kLeastTexts[] = {
    "least",  "wenigst", "geringst", "niedrigst", "le moins", "menos", "meno ",
    "menor",  "minimi",  "аименьш",  "овышения",  "最低",     "最小",  "小さい",
    "少ない", "낮은",    "적은",     "minst",     "ajmniej"};

constexpr std::string_view kMostTexts[] = {"most", "meisten", "höchst",     "le plus", "más ",
                                           "più ", "mais ",   "maior",      "аибольш", "онижения",
                                           "最高", "最大",    "大きい",     "多い",    "높은",
                                           "많은", "meeste",  "ajbardziej", "ajwięcej"};

// The whole of what stands between two that must be held together.
constexpr std::string_view kTogetherTexts[] = {"and",        "both",       "together with",
                                               "along with", "as well as", "und",
                                               "sowie",      "et",         "ainsi que",
                                               "y",          "junto con",  "e",
                                               "ed",         "insieme a",  "juntamente com",
                                               "и",          "вместе с",   "および",
                                               "及び",       "と",         "かつ",
                                               "및",         "와",         "과",
                                               "和",         "与",         "及",
                                               "以及",       "與",         "en",
                                               "samen met",  "i",          "oraz",
                                               "+",          "&",          "&amp;"};

}  // namespace

const WordList kNotSupportedWords = kNotSupportedTexts;
const WordList kWorkWords = kWorkTexts;
const WordList kPersonalWords = kPersonalTexts;
const WordList kApplicationWords = kApplicationTexts;
const WordList kDelegatedWords = kDelegatedTexts;
const WordList kLeastWords = kLeastTexts;
const WordList kMostWords = kMostTexts;
const WordList kTogetherWords = kTogetherTexts;

}  // namespace conform
