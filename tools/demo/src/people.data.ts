/** Words the demo workspace is made of. Names are invented; domains end in `.example` and reach nobody. */
export const firstNames =
  'Ada Aisha Alan Amara Amelie Ana Andre Anika Anton Ben Bianca Bruno Carla Cem Chloe Clara Daniel Dara David Elena Elif Emil Emma Erik Esra Eva Felix Fiona Freya Gabriel Grace Hana Hannah Henrik Hugo Ida Igor Ines Iris Isaac Ivan Jack Jana Jasper Joana Jonas Julia Kaito Karim Katrin Kofi Lara Lars Lea Leo Lena Liam Lina Luca Lucia Magnus Maja Marco Maria Marta Mateo Maya Mia Mikael Mina Moritz Nadia Naomi Nils Nina Noah Nora Olivia Omar Oscar Paula Pedro Petra Priya Rafael Rania Rosa Ruben Samira Sara Sofia Stefan Tara Theo Tomas Vera Viktor Yara Yusuf Zoe'.split(
    ' ',
  );

export const lastNames =
  'Abbott Adeyemi Almeida Andersson Bauer Becker Bell Bianchi Bondarenko Brandt Brooks Carlsen Castillo Chen Costa Cruz Dahl Demir Diaz Dubois Eklund Evans Farah Fischer Fontaine Fuchs Garcia Gruber Haddad Hansen Hartmann Hayashi Hoffmann Horvat Hughes Ibrahim Ito Jansen Johansson Kaya Keller Khan Kim Kovacs Kowalski Kruger Lang Larsen Laurent Lee Lopez Marin Martins Mbeki Meier Moreau Mueller Nakamura Nguyen Nielsen Novak Nowak Okafor Oliveira Olsen Ortiz Park Patel Pereira Petrov Popescu Quinn Ramos Reyes Ricci Rossi Roth Sanchez Santos Schmidt Schneider Silva Singh Sorensen Steiner Suzuki Tanaka Torres Turner Vasquez Virtanen Vogel Wagner Walker Weber Winter Wolf Wright Yilmaz Young Zimmermann'.split(
    ' ',
  );

export const companyRoots =
  'Alder Amber Anchor Apex Aster Atlas Aurora Beacon Birch Blue Harbor|Bright Bridge|Cedar Clarion Cobalt Compass Copper Coral Crest Delta Drift Eastline Echo Ember Evergreen Falcon Fjord Flint Forge Foxglove Garnet Glacier Granite Halcyon Harbor Hazel Helio Horizon Indigo Iron Juniper Keystone Lantern Larch Lark Linden Lumen Maple Marble Meridian Mistral Nimbus Northwind Oak Opal Orbit Orchard Osprey Pacific Pebble Pine Pioneer Prism Quartz Quill Raven Redwood Ridge River Rowan Saffron Sage Sequoia Sierra Silver Slate Solstice Spruce Sterling Summit Tidal Timber Topaz Umber Union Vale Vector Vertex Violet Walnut Willow Zephyr'
    .split(/[ |]/)
    .filter((word, index, all) => all.indexOf(word) === index);

export const companyKinds = [
  'Logistics',
  'Systems',
  'Foods',
  'Health',
  'Robotics',
  'Energy',
  'Software',
  'Mobility',
  'Materials',
  'Media',
];

export const industryOfKind: Record<string, string> = {
  Logistics: 'Logistics',
  Systems: 'Technology',
  Foods: 'Retail',
  Health: 'Healthcare',
  Robotics: 'Manufacturing',
  Energy: 'Energy',
  Software: 'Technology',
  Mobility: 'Automotive',
  Materials: 'Manufacturing',
  Media: 'Media',
};

export const countries = [
  'Germany',
  'United States',
  'United Kingdom',
  'France',
  'Netherlands',
  'Spain',
  'Sweden',
  'Japan',
  'Brazil',
  'Canada',
];

export const titles = [
  'Chief Operating Officer',
  'VP Sales',
  'VP Operations',
  'Head of Marketing',
  'Head of Revenue Operations',
  'Director of Growth',
  'Sales Manager',
  'Marketing Manager',
  'Operations Manager',
  'Account Executive',
  'Business Analyst',
  'Marketing Specialist',
  'Software Engineer',
  'Student Intern',
];

export const owners = [
  { email: 'maria.keller@rekindle.example', name: 'Maria Keller' },
  { email: 'jonas.brandt@rekindle.example', name: 'Jonas Brandt' },
  { email: 'priya.patel@rekindle.example', name: 'Priya Patel' },
  { email: 'leo.fontaine@rekindle.example', name: 'Leo Fontaine' },
  { email: 'nora.dahl@rekindle.example', name: 'Nora Dahl' },
  { email: 'omar.haddad@rekindle.example', name: 'Omar Haddad' },
];

export const features = [
  'dashboard',
  'reports',
  'api',
  'automations',
  'contacts',
  'imports',
  'forecasts',
  'integrations',
];
export const caseStudies = ['Halving onboarding time', 'One inbox for forty depots', 'From spreadsheets to forecasts'];
export const newsletters = [
  'Product notes',
  'Benchmarks of the quarter',
  'Field guide to renewals',
  'Customer story of the month',
];
