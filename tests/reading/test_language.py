import pytest

from whipcount.reading.language import language_of

DUTCH = (
    "De ministers van de acht staten kwamen zondag bijeen in Arlen. Zij was de eerste die sprak, "
    "en we weten nu wat er in het oude douanehuis gezegd werd. Niemand heeft iets getekend, want "
    "het weer was slecht en de veerboot naar de overkant van het water voer niet meer."
)
GERMAN = (
    "Die Minister der acht Staaten trafen sich am Sonntag in Arlen. Was sie im alten Zollhaus "
    "sagten, war noch in der Nacht bekannt. Niemand hat etwas unterschrieben, denn das Wetter war "
    "schlecht, und die Fähre fuhr nicht mehr. Wer her kam, wurde im Hafen von allen begrüßt."
)
DANISH = (
    "Ministrene fra de otte stater mødtes søndag i Arlen. Hun var den første, der talte, og vi ved "
    "nu, hvad der blev sagt i det gamle toldhus. Ingen har skrevet under på noget, for vejret var "
    "dårligt, og færgen sejlede ikke længere over sundet den nat."
)
FRENCH = (
    "Les ministres des huit États se sont réunis dimanche à Arlen. Elle a été la première à "
    "parler, et nous savons maintenant ce qui s'est dit dans la vieille maison de la douane. "
    "Personne n'a signé, car il faisait mauvais temps, et le bac ne partait plus."
)
SPANISH = (
    "Los ministros de los ocho estados se reunieron el domingo en Arlen. Ella fue la primera en "
    "hablar, y ahora sabemos lo que se dijo en la vieja aduana. Nadie ha firmado nada, porque "
    "hacía mal tiempo y el transbordador ya no salía hacia la otra orilla del estrecho."
)
ENGLISH = (
    "The ministers of the eight states met in Arlen on Sunday. She was the first to speak, and we "
    "know by now what was said in the old custom house. Nobody has signed, for the weather was bad "
    "and the ferry would not leave for the other side of the water."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (DUTCH, "nl"),
        (GERMAN, "de"),
        (DANISH, "da"),
        (FRENCH, "fr"),
        (SPANISH, "es"),
    ],
)
def test_a_text_of_some_sentences_is_known_without_being_told(text, language):
    assert language_of(text) == language


def test_what_the_words_say_is_believed_before_what_the_page_says():
    assert language_of(GERMAN, "en-GB") == "de"
    assert language_of(ENGLISH, "de") == "en"


@pytest.mark.parametrize("tag", ["en", "en-GB", "EN_us", " en "])
def test_a_short_text_is_what_the_page_says(tag):
    assert language_of("Hello Arlen", tag) == "en"


def test_a_short_english_sentence_is_not_dutch():
    assert language_of("The talks of the ministers will go on by the water.") == "en"


def test_a_word_that_may_be_anything_has_no_language():
    assert language_of("Arlen") == ""
    assert language_of("Arlen", "nonsense-tag") == ""


def test_no_words_are_what_the_page_says():
    assert language_of("", "en") == "en"
    assert language_of("12 34") == ""
