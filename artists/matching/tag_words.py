"""Which words of a tag cloud name a style or a mood, and which say nothing about the music.

Our own lists, in the spelling that `tags.concept` gives: lower case, blanks for hyphens and underscores. Broad families
(rock, jazz, …) are in no list: what is in none is a genre.
"""


def _words(*lists: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for words in lists for word in words.split(","))


MOODS = _words(
    """
    aggressive, angry, anthemic, atmospheric, bittersweet, bright, calm, carefree, cathartic, chill, cold, confident,
    dark, defiant, dramatic, dreamy, eerie, energetic, epic, ethereal, euphoric, feel good, fierce, fun, gentle,
    gloomy, groovy, happy, haunting, hopeful, hypnotic, intense, intimate, introspective, ironic, joyful, laid back,
    lively, lonely, longing, lush, mellow, melancholic, meditative, moody, mysterious, mournful, nocturnal, nostalgic,
    ominous, optimistic, party, passionate, peaceful, pensive, playful, poetic, quirky, raw, rebellious, reflective,
    relaxing, romantic, rousing, sad, seductive, sensual, sentimental, serene, sexy, sinister, sleepy, sombre, soothing,
    spiritual, summery, suspenseful, tender, tense, theatrical, tragic, triumphant, upbeat, uplifting, warm, whimsical,
    wistful, yearning
    """
)

_ROCK = """
    acid rock, alternative rock, arena rock, art rock, blues rock, boogie rock, britpop, brutal prog, canterbury scene,
    celtic rock, christian rock, classic rock, comedy rock, cowpunk, dance rock, desert rock, emo, experimental rock,
    folk rock, funk rock, garage rock, glam rock, gothic rock, grebo, grunge, hard rock, heartland rock, indie rock,
    industrial rock, instrumental rock, j rock, jam band, jangle pop, jazz rock, krautrock, latin rock, lo fi,
    madchester, math rock, midwest emo, mod, neo psychedelia, new romantic, new wave, noise rock, no wave,
    occult rock, paisley underground, piano rock, pop rock, post britpop, post grunge, post rock, power pop,
    progressive rock, proto punk, psychedelic rock, pub rock, rap rock, reggae rock, rockabilly, roots rock, shoegaze,
    sadcore, slowcore, soft rock, southern rock, space rock, stoner rock, surf rock, swamp rock, symphonic rock,
    visual kei, yacht rock, zeuhl"""
_PUNK_AND_METAL = """
    alternative metal, anarcho punk, atmospheric black metal, avant garde metal, black metal, blackgaze, celtic punk,
    crossover thrash, crust punk, d beat, dance punk, death metal, death 'n' roll, deathcore, djent, doom metal,
    drone metal, easycore, folk metal, folk punk, funk metal, glam metal, goregrind, gothic metal, grindcore,
    groove metal, hardcore punk, heavy metal, horror punk, industrial metal, mathcore, melodic death metal,
    melodic hardcore, metalcore, neoclassical metal, new wave of british heavy metal, nu metal, oi, pop punk,
    post hardcore, post metal, post punk, power metal, powerviolence, progressive metal, psychobilly, queercore,
    rap metal, riot grrrl, screamo, ska punk, skate punk, sludge metal, speed metal, street punk, symphonic metal,
    thrash metal, thrashcore, viking metal"""
_ELECTRONIC = """
    acid house, acid techno, ambient, ambient house, ambient techno, balearic beat, bass house, bass music, bassline,
    berlin school, big beat, big room house, breakbeat, breakbeat hardcore, breakcore, brostep, chillwave, chiptune,
    coldwave, dark ambient, dark wave, deep house, deep techno, detroit techno, disco house, downtempo, dream trance,
    drill and bass, drone, drum and bass, dub techno, dubstep, ebm, electro, electro house, electro swing, electroclash,
    electronic rock, electronica, eurobeat, eurodance, footwork, french house, future bass,
    future garage, future house, gabber, glitch, glitch hop, goa trance, grime, happy hardcore, hard trance, hardstyle,
    hauntology, hi nrg, house, hyperpop, idm, illbient, indietronica, italo disco, jersey club, juke, jungle,
    leftfield, liquid funk, makina, microhouse, minimal techno, minimal wave, moombahton, neurofunk, new age, new beat,
    nightcore, nu disco, nu jazz, phonk, power noise, progressive house, progressive trance, psybient, psytrance,
    rhythmic noise, space ambient, speed garage, synth pop, synth punk, synthwave, tech house, techno, trance,
    tribal house, trip hop, tropical house, uk funky, uk garage, vaporwave, vocal trance, witch house, wonky"""
_SONG_AND_DANCE = """
    a cappella, acid folk, acid jazz, adult contemporary, afro cuban jazz, afrobeat, afrobeats, afropop, alt country,
    alternative country, alternative hip hop, alternative r&b, americana, anti folk, art pop, avant folk,
    avant garde jazz, bachata, bakersfield sound, baroque pop, bebop, big band, bluegrass, boogie woogie, boom bap,
    boogaloo, bossa nova, brega, brill building, bubblegum pop, c pop, chamber folk, chamber jazz, chamber pop, chanson,
    chicago blues, city pop, cloud rap, conscious hip hop, contemporary folk, contemporary r&b, cool jazz,
    country blues, country pop, country rock, country soul, crunk, cumbia, dance pop, dancehall, dark cabaret,
    deep soul, delta blues, dixieland, doo wop, dream pop, drill, dub, east coast hip hop, electric blues, electropop,
    emo rap, enka, europop, exotica, experimental hip hop, fado, flamenco, folktronica, freak folk, free improvisation,
    free jazz, free folk, french pop, funk carioca, fusion, g funk, gangsta rap, girl group, gypsy jazz, hard bop,
    hardcore hip hop, highlife, honky tonk, hypnagogic pop, indie folk, indie pop, instrumental hip hop, j pop,
    jazz funk, jazz fusion, jazz rap, jump blues, k pop, latin jazz, latin pop, lounge, lovers rock, mambo, mariachi,
    mbalax, memphis rap, merengue, modal jazz, motown, mpb, nashville sound, neo soul, neofolk, new jack swing,
    northern soul, norteño, old time, outlaw country, p funk, philly soul, piano blues, political hip hop, pop rap,
    pop soul, post bop, progressive bluegrass, progressive folk, progressive pop, psychedelic folk, psychedelic pop,
    psychedelic soul, quiet storm, ragtime, raï, ranchera, reggaeton, rocksteady, roots reggae, rumba, salsa, samba,
    schlager, singer songwriter, skiffle, smooth jazz, smooth soul, son cubano, sophisti pop, soul blues, soul jazz,
    southern hip hop, southern soul, spiritual jazz, spirituals, sunshine pop, swing, synth funk, tango, teen pop,
    texas blues, third stream, traditional country, traditional folk, traditional pop, trap, tropicália,
    turntablism, twee pop, urban cowboy, vocal jazz, west coast hip hop, western swing, yé yé, zouk, zydeco"""
_COMPOSED_AND_STRANGE = """
    ars nova, avant garde, baroque, chamber music, choral, contemporary classical, electroacoustic, field recording,
    film score, gregorian chant, harsh noise, impressionism, industrial, lieder, madrigal, medieval, microtonal,
    minimalism, modern classical, musique concrète, neoclassicism, noise, opera, orchestral, plunderphonics,
    post minimalism, renaissance, romanticism, serialism, sound art, sound collage, spectralism, spoken word,
    symphony, tape music, video game music"""

STYLES = _words(_ROCK, _PUNK_AND_METAL, _ELECTRONIC, _SONG_AND_DANCE, _COMPOSED_AND_STRANGE)

_OPINIONS = """
    albums i own, all, amazing, awesome, awesome music, bands i have seen, bands seen live, beautiful, best, best of,
    check out, cool, deezer, discover, favorite, favorite artist, favorite artists, favorite bands, favorites,
    favourite, favourite artist, favourite artists, favourite bands, favourites, fixme, good, great, heard on pandora,
    i like, itunes, lastfm, last.fm, legend, legends, like, listen later, live, love, love at first listen, loved,
    musicbrainz, my favorites, my favourites, my music, need to rate, other, overrated, owned, own on cd,
    own on vinyl, pandora, playlist, saw live, seen in concert, seen live, soundcloud, spotify, tag, test, to listen,
    todo, underrated, unknown, various, vinyl, want to see live, wishlist, youtube"""
_OTHER_FIELDS = """
    50s, 60s, 70s, 80s, 90s, 00s, 10s, 20s, 1950s, 1960s, 1970s, 1980s, 1990s, 2000s, 2010s, 2020s, band, bands, boy,
    boys, composer, composers, conductor, dj, duo, ensemble, female, female fronted, female vocal, female vocalist,
    female vocalists, female vocals, group, guitarist, male, male vocal, male vocalist, male vocalists, male vocals,
    musician, orchestra, pianist, producer, solo artist, vocalist, american, australian, austrian, belgian, brazilian,
    british, canadian, chinese, danish, dutch, english, finnish, french, german, greek, icelandic, irish, italian,
    japanese, korean, mexican, norwegian, polish, portuguese, russian, scottish, spanish, swedish, swiss, turkish,
    ukrainian, uk, usa, welsh, british artist, american artist"""

IGNORED = _words(_OPINIONS, _OTHER_FIELDS)
"""Opinions and shop names, and what an artist's other fields say better: decades, countries, what the people do."""
