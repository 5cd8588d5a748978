/// The logos of the kernelspec, part of the program so that installing needs no other file.
///
/// The same files lie in `kernelspec/`, where they are made; a test compares them.
enum Logos {
  /// The files with their contents.
  static let files: [(name: String, bytes: [UInt8])] = [
    ("logo-svg.svg", Array(svg.utf8)),
    ("logo-32x32.png", Base64.bytes(png32)),
    ("logo-64x64.png", Base64.bytes(png64)),
  ]

  private static let svg = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
      <title>Linnet</title>
      <!-- tail and far wing -->
      <path fill="#4e342e" d="M21 40 4 51q-1 2 1.500 2.300l5-.3-.6 3.300q0 2 2 1L27 47z"/>
      <!-- body, breast, cap -->
      <path fill="#a1887f" d="M58 24 50 20.500C48 13 42 9 35.500 10 27 11.300 23 18.500 22.500 26 22 33 18 38 14 43c7 7.500 18 9.500 26 5.500C48.500 44.300 52 37 51.500 28.500z"/>
      <path fill="#d84355" d="M51.500 28.500C52 37 48.500 44.300 40 48.500c-3 1.500-6.500 2.200-10 2.100C38 46 43 39 42.500 30.500q4 1.500 9-2z"/>
      <path fill="#d84355" d="M50 20.500C48 13 42 9 35.500 10q-2.500.4-4.500 1.500C38 12 44 15 46 19.500z"/>
      <!-- wing -->
      <path fill="#6d4c41" d="M23 26c7-1 13 2.500 14 8.500C38 41 32 45.500 25 46c-5 .4-9-.6-14-1.500C18 40 20.500 33 23 26z"/>
      <path fill="none" stroke="#efebe9" stroke-width="1.600" stroke-linecap="round" d="M17 43.500q9 1.500 15-4M21.500 38q6 .8 9.500-3.500"/>
      <!-- beak and eye -->
      <path fill="#37474f" d="m50 20.500 8.500 3.700-8 3.300q1-3.500-.5-7z"/>
      <circle cx="43.500" cy="20.500" r="2.300" fill="#212121"/>
      <circle cx="44.200" cy="19.800" r=".7" fill="#fff"/>
      <!-- legs on a stave of two lines -->
      <path fill="none" stroke="#37474f" stroke-width="1.800" stroke-linecap="round" d="M29 50.500 27.500 57M36 49.800 35.500 57M14 57.500h40"/>
    </svg>

    """

  private static let png32 = """
    iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAABmJLR0QA/wD/AP+gvaeTAAAEzElEQVRYhe1VW2wUZRg9/+zs
    zs5eZnrbdtstBHrbNsFWbLhYaFxRQmq0UpPiQ8WgElQ01kQTFJEsER+9hUiKpQ0hGkzUaPogokQaBUIragwU5bJQoAVsu/fZ
    2cvM7u8D7pYt2+0W8EnO2357vu+cOfP98wN3cRd3CMfWd5YcWrdOP9s+cjuiX73xelvpsPc90SvN06gJQglB2KgLhQT+c7XS
    9sKDTqf6nxjY5XQaeA6fUEI7AICNxSF6JFhGfRA8IRAAUp5h3G3hF6zq6hrLNoudrbjT6WT0HN1HCVqTNVWngdsqwm0VYQxE
    UDk0CpNPtiQIfgNQnm0eM1sDFRw24AbxqQgJegwtng9Z0EPwyrafnnl+2x0zcMjpZCnBlmwcb0DCZ/1H8XWpCVFeC94ffjkb
    f1av4JI+sRIgtmyca24PLlweBaUUVQ83g4uq4rPCcwd1Gmzu6ukZvC0DFMQx09bWzpuD1QCshQUAgCjHapRE/KFT13wDq5/s
    uFRo0r/T09OzO8mf7Q7UqKoKSum0BEII6ubPRb5gStU4LQtKKaKKaotGE8tbWlq45H+zSuDsyZMrAj4PAIDnDSgoLkZJmQ2M
    RpO1r8ikxyP1Fccri8S2pzY5R9IM5yr+1tOP2oJeeWTq03M8D/uCe6DjMn8EtUocRVf8wyt37qggBDdFl3MCNMFuzRR9NByG
    689TqLv3vlSt3DUGjZoAF1YguiVETJyYSTxnAxsaG7URWV47tc7xPKLhMEKShIDXAyH/+uKJ7hBM/nCKp2qY4HSzc1rCQrtt
    kxJT+BtrDU3NeGL9xtRvKTipwYWVtH5Fx7qmmz1jAs6OFiEgx7aUV1bDOmcudDoO1fULEfC58eWuHSkeIdfXiZNj0MbS7yBV
    x3x6ywaiCe57RfGnjo0UDKBvTze8E2NoaGrGxJUrGB12QcjLAwBYrvrT+mUjF35gT3fvLRl4s+PxjyS/fwkAjLjOYsR19rpI
    mQ1rNr6KiCzj1PEBFFqKYTQLYJU4Si57JgcQIFhgzHoXZDyG7e3tGqs8sRUEW1e0rQFvMCIWjcAoiigutSEUDGLg4H6cGzoB
    S4kVcyurQRiCqhOjKLw2mYC32Dxw/77epdkMZEzAKo2XyrFYDdEwyomBo1qj2QyWZSEFAvBM/A0GBCYxD3UNC2E0mwEAZRcm
    0sUt5t+X2nubsolnTKBtcUNNnNLdoGgGAMIQ1NbaYbfbodFkODSUovz8BGznxwEAKscmfEWmj5fv7X5lJvE0Aw6HgxVCnpdA
    8S4A41Qix+lQVV0zVlVV4WZZplaOqkQEwfy/riIw7kdEr40VCsYDjCC82NT1wWgu4ikDjzU2GghRDgNYOA0vQSje95sDb/f3
    D0c2d3aW9J+5OLi9zLqNjcUT292eel9cOTN4oK8rV+EkWABQ/f44m2/4mVDyC0D9ANYCsP7LcVFK1vX9+sfhZNOPpy/WUdDB
    FT1dvQCwZNXqDxkwnpum52pg/7lzUQCdyWLrovr1oKAA6ebC6mtfDA1JaV0JugyEHJks0AIAt2TgpiV0OBysIHm/DfIFP4QN
    4qJMTRR0MUAvEzBXAYBS2gSGnCYU7hnUdh777pv+rAaSWNbaalYjTE0uT5ErWH3izJG+vmkvpv8n/gGrGcX93XKU0wAAAABJ
    RU5ErkJggg==
    """

  private static let png64 = """
    iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAAABmJLR0QA/wD/AP+gvaeTAAAKhUlEQVR4nO1aa3RU1RX+zr13
    Hnfer0CSSUgMEsUkvELUiFbwAS5LECqoPxRFFzRVa3HVt22dtVoFrKta0bYJaMDWZZfFVuIPhIq1KNQ0JkoUIikhhBjynJDJ
    vO/Mvac/IiGTmcx74g/z/Ztzzv72Pt89d9999x1gGtOYxjSmMY1pTON7CvJdBzARB++7r4BjGKvPR3tW/HlnR6b9fecC7K9+
    4A61w7eZ9wklvMuvYSQ6NidyDPWp5MMetfJ98HLbNTtebUu3/+9MgDe22q429Q5vN/U7Fyi8AlROPwilk66XWIaem6H9UOA0
    a5ftemk4XXFMuQCvbXtMy1F+J4Dbxo8zEoXK6YPO7oapfwRqpy+ivZ+X+4ZzVNdfu2PHkXTEM6UC7H7OVgwG9QC9JNZa3i0g
    u3MQlh4Hxt8WABBUcNLATN3ty+pq9qQa05QJ8PpzT2axjPwIgIsTsZP7g8g/2QfLWUfIeEDBBQfztGXLamu/TiUuJhXjeFFn
    sylZRrEPCW4eAAQFh/YSK9pLrZCYC9dL5g9ymkHfYWpLbQ9TIgCjwFMALU+FYzBHj9bFhRC5CyFrHV7ToY4fb0uFN+O3QN3z
    v5jDSNyXAFWkg89gd+GSz7uAb58YfqU8MJQl0y3btSty1oyBjJ8ARuSeTnXzoijhw8YvUFe/H//oOIluq35sTuETZAzkTyQd
    XyqBxcKbW54wgtB1qfL8u/koDjW3YE5JGdbcdS/+MtKLwVw9/LwMAMC7hbuT5eZSDS4agkR+JwBVqjxnevsBAK2traCU4nT/
    INqvWAQAUHgDUDu8OdWbNv08O7f2RZsNUiLcmb0FCLkpHTSzsmcCALq7u3Hw4EEU5MwYm/PzMgxl6xQjXv8LH3+xzrd+/d1/
    r66+a8ZkXGEhpiPASPiXzcadUVI7AF2qXKIo4dDnLejs6UNhTjauWVgGlg29dl/3DuHD1jMAADnH0nyD9nOjRvngqzU1/4nG
    nTEBdv/WNg8iPZop/onod3qw57PQdyUCYIZeddasVG6pe6PulUh2GbsFGAlFmeKOBCUXns4oALvTlzPg8q6tXLnSGskuY0mQ
    AoWSJEEMBiGJEhiOhUwmy5Q7iBPeF4wqBYqyDG16hWLNlu3bj09mlzEBHPbBy9uOHwsZIwyBSqWG1mCE0WyBWqtNm79hrw8E
    gNWoRZk1Sygwa57pFNjnbTZb1KdCxgSw2weunDhGJQq3ywW3y4Xeb7qgMxhhLShMixA6XoG7ryqBWiFvFCWs3/CULa6XpIwk
    wU3l5TJ1vskbDAbZmAEQgryLijAzN+ItGjcYkUIz4tlv4DUrl9lswXjtMnICDMU5d3qd7pibBwBKKbpOtUMUg8jNL0jcGaUw
    DbhQ0NYLl55XXPXmC3FvHsiQADQo3Z+oTc+ZTvC8CkZLVsR5jcMLUAq/Sg4QAoVHgHHQCVPPCJReYXSRlk841rQLsHnFNTl+
    n29RonaUAl2nTkFvMoNhwp/OxgEncjsGo3MwEBP1m/Y6gFWpHqeUJsUrCH4M9vVGnIvWMD0PiWE6E/WZVgHuWbpUKYrixnjW
    GiwW6M3msPHhoaGI6yf2BSOBcuxX8fgO4U3UIBqMZv4xURJjvv1l5VpR/cxWrN5QHTbncgwj0sXm3f6Y/oOQEu4Upy0HPLJ8
    uToYDMRsTBRdVorbfrIZHMfig3feCpsfrR4D4CZUjbwzugCCQha4rq62IcGw0ycAMcheFj2eiGmYEAJr0WxU3ngzSi+vhHvE
    gV0vbUV3x6nIXBPKE7kvAJkQ/enm1ipPJBN3WgT42a03zfN7vRuA0Xt77aYHIfh8EEUJvFoFS04eVBoNJEnC0cOHcODtN+Fy
    jkTkksnlYGWhYZn6Iq8dDz/PhR+nOJCyAJvKy2UykPf9lI5dNkJYZFnzwDIsfF4Putrb0HmiFV/991MM2wfGbA0WCyilcNjt
    Y2M6vSHMh6XHETY2Hn6VXKCFuc8nE3/KAhhmZ+/xejw5538PDw5ix7O/jGk3d1EFbt14P7raT2L3C8+OjVuyc0PWaUZ8k34m
    Ow+HXv12IuXveKQkwCO3r3zU63avSsRGruSxfO0dqLhuOc4N9GPfW7vH5oxmC7T60AZS/v/6ovL5eZnfZXQ/kEgM45G0AJtX
    33iX3+OJ+6OEXMmjYun1WLLih9AYjDjW1ID6XbXwutwAAJ5XofDi4hAbw6ALuiH3pJwUwJBFu/nm7TWxk8QkSOpt8Kcrr9sI
    0BoARG82w2DOgsNuh9MxBDEogmFZqLQ6GMwW5BYWYfbcUsyZNx+cTI6Bs9344J2/orW5cYyPV6kxp7QUcvmFzwdcQERJQ8eF
    Oj8ChmZoj1z11utLktnDmJ9EFm+qqlIpqGs7QO89P7Z6QzVml5RFtQsIAk4cbcbRIx/jxBfNoOMqnaycHORfNDus/i863hN1
    8w6T+rT/klnXJhJ/JCQkgIK67wVQDFAnQLQAsHdXDQqK50JvskCj14Hj5KCSBLdrBM7hc+jp7EBv1xkEA4ExHkIITJYsZOfP
    Aq8KLxxzT9th7J/8VDuNqr5+o7ykKsnENx4JCeDvcdT0QFATQio4loWMYyASDuREKwKCH4GAgIAQgCSFdqFYGQe1VgueV0Nn
    NEBnNIGL0MQEgBndw8g/OXnic5jULSKMV1bVvuhNJPbJEHcOWLV4/kKAvgZg4cQ5pUKBBQvnw5o32tURxdG3UpaNqycyhpnf
    nEPh1z2j2W0CRJah57J1r1z9xo6HEiKNgZgCrKus5IWg5xlK6SMAou7Ias1FaVkpNBp1YlFQivyT/cg9bQ+fI4DDpG536vgf
    3bDzjy2JEcdGVAFWVZT9AJTsAFAcbV0oI0FuTjaKLy2G2WSKuVwmBHHxl99AN+QZ62awGD0EboNqwKVTPr60rqYubv8JIqIA
    qxcsMEgc3QbQjZOtiQ06Misv/8XyKxZ7GcKsAOgSAPIB5+itm6XlYTnrQEFbL7jA6NZ/zQYgsoz4kNFw2KOS/eaGnTX/TM53
    /Ajb3C0V86ooxR8A5KXAexiSeE9987GT5wfe/t3D/IiXn/3aJ8c/kbOM71c5Mw9oHL5ZANyCnO2jDD3yaN/ASwBztmH/u/Gf
    uBQRIsCaRaVzRYaZ9CtKHPCC4Mn6xpaXESGVVS6vulQiTCuAdxv2710zfq5k3Tq5ZkTwg+LThgN7K1OIISGEVB9BQt0gOJck
    VwOAhfWNLb9HxDwOiAw7WrVRHJ44p3K7zyeMyD2xDCFEgPeajp1RSLKLGDDLQOi1kKT5QZEtZIKMEcCfJuEQKPD0iMZ0df1n
    LVGbEoTSJQBAGSZMAIbKvhWATqkAYdXI35qaHAA+mjh+y+J58yNc1mOUYv17TS3NcfpbQgG/mfjC11PGBEigDEn2BCaFuJqi
    NoChwPiCXySEbAsMe8rj3Xx5VZUFwBwC2rhv376wBh+RJONoQGRKT0Bcj7h15eV6Pwmc/4Nym0tt3OpWGBP61k0YeimleBjA
    R6AkrH1FIF1OCbkPBHsgkXQ8/poaDrzbFDOueNlWVcx7klJ4QWW1/Za8RgCXpRRe5nG8Yf/ekliLkipyrli+uhxASv/8nALE
    dQKmMY1pTON7jf8DiEK7UoHNNqQAAAAASUVORK5CYII=
    """
}

/// Reads bytes written as base64; line breaks and padding are passed over.
enum Base64 {
  static func bytes(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var pending: UInt32 = 0
    var bits = 0
    for character in text.utf8 {
      guard let value = value(of: character) else { continue }
      pending = pending << 6 | value
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
    }
    return bytes
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
